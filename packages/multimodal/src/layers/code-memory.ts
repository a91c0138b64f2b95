import * as tf from '@tensorflow/tfjs';
import { unitLength } from './unit-length.js';

/** How a {@link CodeMemory} is built. */
export interface CodeMemoryOptions {
  /** How many codes it remembers. */
  readonly size: number;
  /** How much nearer codes count for more: the inverse temperature of the attention. */
  readonly sharpness: number;
  /** How often the result is looked up again: each time pulls it closer to where codes are dense. */
  readonly lookups: number;
  /** The same where it is called to train, by default as often: after many looks all that lies near one place is the same, and there is no gradient to move it elsewhere. */
  readonly lookupsInTraining?: number;
}

/**
 * Pulls directions to where the codes of real samples lie: attention over a memory of such codes, a few times over (the retrieval of modern Hopfield
 * networks, 2008.02217, equation 3). Codes of data with few kinds lie in few places, and a network that turns a continuous latent space into codes leaves many
 * points between them; those would become samples that are neither the one nor the other.
 *
 * `[batch, dimensions]` to the same shape, all of length 1. The memory is a weight that is not trained, but filled by {@link remember}.
 */
export class CodeMemory extends tf.layers.Layer {
  static readonly className = 'PolyganCodeMemory';
  readonly #options: Required<CodeMemoryOptions>;
  #codes!: ReturnType<tf.layers.Layer['addWeight']>;

  constructor({
    size,
    sharpness,
    lookups,
    lookupsInTraining = lookups,
    ...config
  }: CodeMemoryOptions & NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>) {
    super(config);
    this.#options = { size, sharpness, lookups, lookupsInTraining };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const dimensions = (inputShape as tf.Shape).at(-1)!;
    // Anything will do until real codes come: they replace it.
    const initializer = tf.initializers.randomNormal({ mean: 0, stddev: 1, seed: 2008 });
    this.#codes = this.addWeight('codes', [this.#options.size, dimensions], 'float32', initializer, undefined, false);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean } = {}): tf.Tensor {
    const { sharpness, lookups: atRest, lookupsInTraining } = this.#options;
    const lookups = training ? lookupsInTraining : atRest;
    return tf.tidy(() => {
      const codes = unitLength(this.#codes.read());
      let found = unitLength(Array.isArray(inputs) ? inputs[0]! : inputs);
      for (let lookup = 0; lookup < lookups; lookup++) {
        const nearness = tf.softmax(tf.mul(sharpness, tf.matMul(found, codes, false, true)));
        found = unitLength(tf.matMul(nearness as tf.Tensor2D, codes));
      }
      return found;
    });
  }

  /**
   * Codes that were read of something real, `[batch, dimensions]`, as they are remembered: what lies between places where codes are dense is pulled to one of
   * them. Each code counts as one of those remembered, so that one of things of many kinds, which lies far from all others, stays where it is. Borrows them.
   */
  recall(read: tf.Tensor2D): tf.Tensor2D {
    const { sharpness, lookups, size } = this.#options;
    return tf.tidy(() => {
      const codes = unitLength(this.#codes.read());
      const own = unitLength(read);
      let found = own;
      for (let lookup = 0; lookup < lookups; lookup++) {
        const similarities = tf.concat([tf.matMul(found, codes, false, true), tf.sum(tf.mul(found, own), 1, true)], 1);
        const nearness = tf.softmax(tf.mul(sharpness, similarities)) as tf.Tensor2D;
        const others = tf.matMul(nearness.slice([0, 0], [-1, size]), codes);
        found = unitLength(tf.add(others, tf.mul(nearness.slice([0, size]), own)));
      }
      return found;
    });
  }

  /** The codes that were taken in last, `[count, dimensions]`, or all that it has room for. The caller owns them. */
  latest(count: number): tf.Tensor2D {
    return tf.tidy(() => (this.#codes.read() as tf.Tensor2D).slice([0, 0], [Math.min(count, this.#options.size), -1]));
  }

  /** Takes in codes `[n, dimensions]`, and forgets as many of the oldest. Borrows them. */
  remember(codes: tf.Tensor2D): void {
    tf.tidy(() => {
      const known = this.#codes.read() as tf.Tensor2D;
      const kept = known.slice([0, 0], [this.#options.size - codes.shape[0], -1]);
      this.#codes.write(tf.concat([codes, kept]));
    });
  }
}
