import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/dataset.js';
import { Optimizer } from '../optimizers/optimizer.js';
import { Random, type RandomState } from '../random/random.js';
import { scheduledValue } from '../schedules/schedule.js';
import type { Phase, Step, TrainingMethod } from '../training/method.js';
import { joinStates, partOfState, type State } from '../training/state.js';
import { trainableVariables } from '../training/trainable-variables.js';
import { divergence, drawnFrom } from './divergence.js';
import { type Likelihood, likelihood } from './likelihoods.js';
import type { Vae } from './vae.js';
import type { ResolvedVaeOptions } from './vae-options.js';

/** Variational inference: both networks climb the evidence lower bound (1312.6114, equation 3), with one draw a sample. */
export class VaeMethod implements TrainingMethod<Batch> {
  readonly batchesPerStep = 1;
  readonly phases: readonly Phase<Batch>[] = [{ name: 'bound', every: 1, run: (step) => this.#climb(step) }];
  readonly #vae: Vae;
  readonly #options: ResolvedVaeOptions;
  readonly #likelihood: Likelihood;
  readonly #optimizer: Optimizer;
  #random: Random;

  constructor(vae: Vae, options: ResolvedVaeOptions, random: Random) {
    this.#vae = vae;
    this.#options = options;
    this.#random = random;
    this.#likelihood = likelihood(options.likelihood);
    const variables = [...trainableVariables(vae.encoder), ...trainableVariables(vae.decoder)];
    this.#optimizer = new Optimizer(variables, options.optimizer);
  }

  async state(): Promise<State> {
    return joinStates({
      optimizer: await this.#optimizer.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#optimizer.restore(partOfState(state, 'optimizer'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }

  #climb({ batches, meter, samplesSeen }: Step<Batch>): void {
    const { samples, labels } = batches[0]!;
    const noise = this.#random.normalTensor([samples.shape[0]!, this.#vae.latent.dimensions]);
    // A tensor, because it may change from step to step: the step stays the same to an engine that compiles steps.
    const beta = tf.scalar(scheduledValue(this.#options.beta, samplesSeen));
    const { value, grads } = tf.variableGrads(() => {
      const posterior = this.#vae.encodeInTraining(samples, labels);
      const output = this.#vae.decodeInTraining(drawnFrom(posterior, noise), labels);
      const { compared } = this.#vae;
      const reconstruction = tf.mean(this.#likelihood.negativeLog(compared(output), compared(samples)));
      const surprise = tf.mean(divergence(posterior, this.#options.freeBits));
      meter.add('loss/reconstruction', reconstruction);
      meter.add('loss/divergence', surprise);
      return tf.add(reconstruction, tf.mul(beta, surprise)) as tf.Scalar;
    }, this.#optimizer.variables);
    meter.add('loss', value);
    this.#optimizer.apply(grads, samplesSeen);
  }
}
