import {
  type Batch,
  type Gan,
  type Phase,
  type Random,
  type Schedule,
  type Stage,
  type State,
  type Step,
  scheduledValue,
  type TrainingMethod,
} from '@polygan/core';
import { oneHot, StraightThrough } from './straight-through.js';
import { TokenDecoder } from './token-decoder.js';

/** Steps of the adversarial game where the caller sets no limit. */
const ADVERSARIAL_STEPS = 8000;

/** Options of the training, resolved. */
export interface LatentTextMethodOptions {
  readonly gan: Parameters<Gan['trainingMethod']>[0];
  /** Steps of autoencoding alone. */
  readonly autoencodingSteps: number;
  readonly temperature: Schedule;
}

/** Autoencoding alone for a while, then the adversarial game with autoencoding beside it. Batches are tokens, int32 `[batch, length]`. */
export class LatentTextMethod implements TrainingMethod<Batch> {
  readonly phases: readonly Phase<Batch>[];
  readonly batchesPerStep: number;
  readonly stages: readonly Stage[];
  readonly #gan: Gan<string>;
  readonly #temperature: Schedule;
  readonly #method: TrainingMethod<Batch>;

  constructor(gan: Gan<string>, options: LatentTextMethodOptions, random: Random) {
    this.#gan = gan;
    this.#temperature = options.temperature;
    this.#method = gan.trainingMethod(options.gan, random);
    this.batchesPerStep = this.#method.batchesPerStep;
    const steps = options.autoencodingSteps;
    const first: Stage = { name: 'autoencoding', steps };
    this.stages = [...(steps > 0 ? [first] : []), { name: 'adversarial', steps: ADVERSARIAL_STEPS, cost: 2.5 }];
    this.phases = [
      { name: 'temperature', every: 1, run: ({ samplesSeen }) => this.#setTemperature(samplesSeen) },
      ...this.#method.phases.map((phase) => ({
        ...phase,
        // Samples are drawn from the average in either stage.
        ...(!['average', 'autoencoding'].includes(phase.name) && { stage: 'adversarial' }),
        run: (step: Step<Batch>) => phase.run?.({ ...step, batches: step.batches.map((batch) => this.#oneHotBatch(batch)) }),
      })),
    ];
  }

  state(): Promise<State> {
    return this.#method.state();
  }

  restore(state: State): Promise<void> {
    return this.#method.restore(state);
  }

  dispose(): void {
    this.#method.dispose();
  }

  #setTemperature(samplesSeen: number): void {
    const { layers } = this.#gan.generator;
    const relaxation = layers.find((layer) => layer instanceof StraightThrough || layer instanceof TokenDecoder);
    relaxation?.setTemperature(scheduledValue(this.#temperature, samplesSeen));
  }

  #oneHotBatch({ samples, ...rest }: Batch): Batch {
    return { samples: oneHot(samples, this.#gan.modality.sampleShape[1]!), ...rest };
  }
}
