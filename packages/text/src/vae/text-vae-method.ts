import {
  type Batch,
  divergence,
  drawnFrom,
  joinStates,
  nested,
  number,
  Optimizer,
  type OptimizerOptions,
  optimizerSchema,
  partOfState,
  Random,
  type RandomState,
  type Resolved,
  type Schedule,
  type State,
  type Step,
  scheduledValue,
  scheduleField,
  type TrainingMethod,
  trainableVariables,
  withDefaults,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { inputsOf } from '../language-models/likelihood-update.js';
import { END, UNKNOWN } from '../tokens/special-tokens.js';

/** How a text VAE is trained. */
export interface TextVaeTraining {
  /** Default: Adam with a learning rate of 1e-3, β₁ of 0.9, gradients clipped to a norm of 5. */
  readonly optimizer?: OptimizerOptions;
  /** Weight of the divergence. Default: annealed from 0 to 1 over 200,000 samples, as in section 3.1 of the paper. */
  readonly beta?: Schedule;
  /** Nats that each latent dimension may carry for nothing (1606.04934). Default 0. */
  readonly freeBits?: number;
  /** Share of the tokens that the decoder reads as unknown ones, so that it must ask the latent point (section 3.1). Default 0.4. */
  readonly wordDropout?: number;
}

/** The fields of {@link TextVaeTraining}. */
export const textVaeTrainingSchema = {
  optimizer: nested(withDefaults(optimizerSchema({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999 }), { clipNorm: 5 })),
  beta: withDefaults(
    { beta: scheduleField({ min: 0, default: 1 }) },
    { beta: { from: 0, to: 1, over: 200_000, shape: 'linear' } },
  ).beta,
  freeBits: number({ min: 0, default: 0 }),
  wordDropout: number({ min: 0, max: 1, default: 0.4 }),
};

/** What {@link TextVaeMethod} trains. */
export interface TextVaeNetworks {
  readonly encoder: tf.LayersModel;
  readonly decoder: tf.LayersModel;
  readonly latentDimensions: number;
}

/** Both networks climb the evidence lower bound of whole texts, tokens counting up to their first end. */
export class TextVaeMethod implements TrainingMethod<Batch> {
  readonly batchesPerStep = 1;
  readonly phases = [{ name: 'bound', every: 1, run: (step: Step<Batch>) => this.#climb(step) }];
  readonly #networks: TextVaeNetworks;
  readonly #options: Resolved<typeof textVaeTrainingSchema>;
  readonly #optimizer: Optimizer;
  #random: Random;

  constructor(networks: TextVaeNetworks, options: Resolved<typeof textVaeTrainingSchema>, random: Random) {
    this.#networks = networks;
    this.#options = options;
    this.#random = random;
    const variables = [...trainableVariables(networks.encoder), ...trainableVariables(networks.decoder)];
    this.#optimizer = new Optimizer(variables, options.optimizer);
  }

  async state(): Promise<State> {
    return joinStates({ optimizer: await this.#optimizer.state(), random: { tensors: {}, values: { ...this.#random.state() } } });
  }

  async restore(state: State): Promise<void> {
    await this.#optimizer.restore(partOfState(state, 'optimizer'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }

  #climb({ batches, meter, samplesSeen }: Step<Batch>): void {
    const { encoder, decoder, latentDimensions } = this.#networks;
    const tokens = batches[0]!.samples as tf.Tensor2D;
    const [rows] = tokens.shape;
    const noise = this.#random.normalTensor<tf.Rank.R2>([rows, latentDimensions]);
    const inputs = this.#forgetful(inputsOf(tokens));
    // A tensor, because it changes from step to step: the step stays the same to an engine that compiles steps.
    const beta = tf.scalar(scheduledValue(this.#options.beta, samplesSeen));
    const { value, grads } = tf.variableGrads(() => {
      const [mean, logVariance] = encoder.apply(tokens, { training: true }) as tf.Tensor2D[];
      const posterior = { mean: mean!, logVariance: logVariance! };
      const logits = decoder.apply([drawnFrom(posterior, noise), inputs], { training: true }) as tf.Tensor;
      const reconstruction = tf.mean(textNegativeLogs(logits, tokens));
      const surprise = tf.mean(divergence(posterior, this.#options.freeBits));
      meter.add('loss/reconstruction', reconstruction);
      meter.add('loss/divergence', surprise);
      return tf.add(reconstruction, tf.mul(beta, surprise)) as tf.Scalar;
    }, this.#optimizer.variables);
    meter.add('loss', value);
    this.#optimizer.apply(grads, samplesSeen);
  }

  /** Rows of tokens, some of them replaced by the unknown one. */
  #forgetful(tokens: tf.Tensor2D): tf.Tensor2D {
    const { wordDropout } = this.#options;
    if (wordDropout === 0) return tokens;
    const forgotten = tf.less(this.#random.uniformTensor(tokens.shape), wordDropout);
    return tf.cast(tf.where(forgotten, tf.fill(tokens.shape, UNKNOWN, 'int32'), tokens), 'int32') as tf.Tensor2D;
  }
}

/** -ln p of each text in nats, `[batch]`, its tokens up to and with the first end. @param logits `[batch, length, vocabulary]` */
export function textNegativeLogs(logits: tf.Tensor, tokens: tf.Tensor2D): tf.Tensor1D {
  const targets = tf.cast(tf.oneHot(tokens, logits.shape.at(-1)!), 'float32');
  const each = tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1);
  const ended = tf.cast(tf.equal(tokens, END), 'float32');
  const counts = tf.cast(tf.equal(tf.cumsum(ended, 1, true), 0), 'float32');
  return tf.neg(tf.sum<tf.Tensor1D>(tf.mul(each, counts), 1));
}
