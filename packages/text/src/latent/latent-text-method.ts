import {
  type Batch,
  type Gan,
  joinStates,
  type Phase,
  partOfState,
  Random,
  type RandomState,
  type Resolved,
  type Schedule,
  type Stage,
  type State,
  type Step,
  scheduledValue,
  type TrainingMethod,
} from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { type Autoencoder, Autoencoding, type autoencodingSchema } from './autoencoding.js';
import { oneHot, StraightThrough } from './straight-through.js';
import { TokenDecoder } from './token-decoder.js';

/** Steps of the adversarial game where the caller sets no limit. */
const ADVERSARIAL_STEPS = 8000;

/** What {@link LatentTextMethod} trains: a GAN of one-hot texts whose generator is half of an autoencoder. */
export interface LatentTextParts extends Autoencoder {
  readonly gan: Gan<string>;
  readonly vocabulary: number;
}

/** Options of the training, resolved. */
export interface LatentTextMethodOptions {
  readonly gan: Parameters<Gan['trainingMethod']>[0];
  readonly autoencoding: Resolved<typeof autoencodingSchema>;
  readonly temperature: Schedule;
}

/** Autoencoding alone for a while, then the adversarial game with autoencoding beside it. Batches are tokens, int32 `[batch, length]`. */
export class LatentTextMethod implements TrainingMethod<Batch> {
  readonly phases: readonly Phase<Batch>[];
  readonly batchesPerStep: number;
  readonly stages: readonly Stage[];
  readonly #parts: LatentTextParts;
  readonly #options: LatentTextMethodOptions;
  readonly #adversarial: TrainingMethod<Batch>;
  readonly #autoencoding: Autoencoding;
  #random: Random;

  constructor(parts: LatentTextParts, options: LatentTextMethodOptions, random: Random) {
    this.#parts = parts;
    this.#options = options;
    this.#random = random.split('autoencoding');
    this.#adversarial = parts.gan.trainingMethod(options.gan, random.split('adversarial'));
    this.#autoencoding = new Autoencoding(parts, options.autoencoding);
    this.batchesPerStep = this.#adversarial.batchesPerStep;
    const { steps } = options.autoencoding;
    const first: Stage = { name: 'autoencoding', steps };
    this.stages = [...(steps > 0 ? [first] : []), { name: 'adversarial', steps: ADVERSARIAL_STEPS, cost: 2.5 }];
    this.phases = [
      { name: 'autoencoding', every: 1, run: (step) => this.#autoencode(step) },
      ...this.#adversarial.phases.map((phase) => ({
        ...phase,
        // Samples are drawn from the average in either stage.
        ...(phase.name !== 'average' && { stage: 'adversarial' }),
        run: (step: Step<Batch>) => phase.run?.({ ...step, batches: step.batches.map((batch) => this.#oneHotBatch(batch)) }),
      })),
    ];
  }

  async state(): Promise<State> {
    return joinStates({
      adversarial: await this.#adversarial.state(),
      autoencoding: await this.#autoencoding.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#adversarial.restore(partOfState(state, 'adversarial'));
    await this.#autoencoding.restore(partOfState(state, 'autoencoding'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#adversarial.dispose();
    this.#autoencoding.dispose();
  }

  #autoencode(step: Step<Batch>): void {
    const { gan, generator } = this.#parts;
    const relaxation = generator.layers.find((layer) => layer instanceof StraightThrough || layer instanceof TokenDecoder);
    relaxation?.setTemperature(scheduledValue(this.#options.temperature, step.samplesSeen));
    const { samples, labels } = this.#oneHotBatch(step.batches[0]!);
    const noise = this.#random.normalTensor<tf.Rank.R2>([step.batchSize, gan.latent.dimensions]);
    const prior = gan.latent.sample(step.batchSize, this.#random);
    this.#autoencoding.train(samples, labels, { prior, noise }, step);
  }

  #oneHotBatch({ samples, ...rest }: Batch): Batch {
    return { samples: oneHot(samples, this.#parts.vocabulary), ...rest };
  }
}
