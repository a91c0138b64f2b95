import {
  type Batch,
  nested,
  number,
  Optimizer,
  type OptimizerOptions,
  optimizerSchema,
  Random,
  type RandomState,
  type Resolved,
  type Schedule,
  type State,
  type Step,
  scheduledValue,
  scheduleField,
  type TrainingMethod,
  withDefaults,
} from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { dropout } from './dropout.js';
import { likelihoodUpdate } from './likelihood-update.js';
import { mixedInputs } from './scheduled-sampling.js';
import type { TokenNetwork } from './token-network.js';

/** How a language model is trained by maximum likelihood. */
export interface LikelihoodOptions {
  /** Default: Adam with a learning rate of 0.01 and β₁ of 0.9, gradients clipped to a norm of 5, as in SeqGAN's released code. */
  readonly optimizer?: OptimizerOptions;
  /**
   * Share of tokens that the model reads from the data while it learns; the others are its own. Below 1 it is scheduled sampling (1506.03099):
   * start at 1 and go down. Default 1.
   */
  readonly truth?: Schedule;
  /**
   * Share of the numbers of embeddings and of each layer's features that a step leaves out, drawn anew each time (1207.0580): the model learns less by
   * heart. 0 to 0.9. Default 0.
   */
  readonly dropout?: number;
}

/** Adam as SeqGAN's released code has it. */
export const tokenOptimizerSchema = withDefaults(optimizerSchema({ learningRate: 0.01, beta1: 0.9, beta2: 0.999 }), {
  clipNorm: 5,
});

/** The fields of {@link LikelihoodOptions}. */
export const likelihoodSchema = {
  optimizer: nested(tokenOptimizerSchema),
  truth: scheduleField({ min: 0, default: 1 }),
  dropout: number({ min: 0, max: 0.9, default: 0 }),
};

/** {@link LikelihoodOptions} with every default filled in. */
export type ResolvedLikelihoodOptions = Resolved<typeof likelihoodSchema>;

/** Maximum likelihood: each token is predicted from those before it. */
export class LikelihoodMethod implements TrainingMethod<Batch> {
  readonly batchesPerStep = 1;
  readonly phases = [{ name: 'likelihood', every: 1, run: (step: Step<Batch>) => this.#train(step) }];
  readonly #network: TokenNetwork;
  readonly #truth: Schedule;
  readonly #dropout: number;
  readonly #optimizer: Optimizer;
  #random: Random;

  constructor(network: TokenNetwork, { optimizer, truth, dropout }: ResolvedLikelihoodOptions, random: Random) {
    this.#network = network;
    this.#truth = truth;
    this.#dropout = dropout;
    this.#optimizer = new Optimizer(
      network.model.trainableWeights.map((weight) => weight.read() as tf.Variable),
      optimizer,
    );
    this.#random = random;
  }

  async state(): Promise<State> {
    return { ...(await this.#optimizer.state()), values: { random: { ...this.#random.state() } } };
  }

  async restore(state: State): Promise<void> {
    await this.#optimizer.restore(state);
    this.#random = Random.fromState(state.values.random as unknown as RandomState);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }

  #train({ batches, samplesSeen, meter }: Step<Batch>): void {
    const tokens = batches[0]!.samples as tf.Tensor2D;
    const truth = scheduledValue(this.#truth, samplesSeen);
    const reading = {
      ...(truth < 1 && { inputs: mixedInputs(this.#network, tokens, truth, this.#random) }),
      ...(this.#dropout > 0 && { drop: dropout(this.#dropout, this.#random) }),
    };
    meter.add('nll/train', likelihoodUpdate(this.#network, this.#optimizer, tokens, samplesSeen, reading));
  }
}
