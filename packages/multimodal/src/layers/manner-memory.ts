import * as tf from '@tensorflow/tfjs';
import { unitLength } from './unit-length.js';

/** How a {@link MannerMemory} is built. */
export interface MannerMemoryOptions {
  /** How many manners it remembers. */
  readonly size: number;
  /** How many numbers a manner has. */
  readonly dimensions: number;
}

/** How much likelier a manner of the same code is than one of a code at a right angle, in deviations of the draw. */
const SHARPNESS = 10;
/** The share of a deviation by which the manner that is drawn has to be ahead of all others, or they mix. */
const SOFTNESS = 0.1;
/** Added to variances, of which a silent form has none. */
const LEAST_VARIANCE = 1e-6;

/**
 * Draws manners of things with given codes among those that real ones had: `[codes, own]`, `[batch, codeDimensions]` and normal points `[batch, n]`, to `[batch, n]`, of which the first
 * `dimensions` are the manner, each of mean 0 and deviation 1 over all that is remembered, and the others stay as they are. The same points draw the same manner.
 *
 * The memory is weights that are not trained, but filled by {@link remember}.
 */
export class MannerMemory extends tf.layers.Layer {
  static readonly className = 'PolyganMannerMemory';
  readonly #options: MannerMemoryOptions;
  #codes!: ReturnType<tf.layers.Layer['addWeight']>;
  #manners!: ReturnType<tf.layers.Layer['addWeight']>;
  /** Of length 1, so that a point drawn from a normal distribution lies along each as one number of it would. */
  #directions!: ReturnType<tf.layers.Layer['addWeight']>;

  constructor({
    size,
    dimensions,
    ...config
  }: MannerMemoryOptions & NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>) {
    super(config);
    this.#options = { size, dimensions };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { size, dimensions } = this.#options;
    const [code, own] = (inputShape as tf.Shape[]).map((shape) => shape.at(-1)!);
    // Anything will do until real ones come: they replace it.
    const normal = (seed: number) => tf.initializers.randomNormal({ mean: 0, stddev: 1, seed });
    const kept = (name: string, length: number, seed: number) =>
      this.addWeight(name, [size, length], 'float32', normal(seed), undefined, false);
    this.#codes = kept('codes', code!, 1);
    this.#manners = kept('manners', dimensions, 2);
    this.#directions = kept('directions', own!, 3);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[1]!;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [codes, own] = inputs as [tf.Tensor2D, tf.Tensor2D];
      const likeness = tf.matMul(unitLength(codes), unitLength(this.#codes.read()), false, true);
      const draw = tf.matMul(own, unitLength(this.#directions.read()), false, true);
      const chosen = tf.softmax(tf.div(tf.add(tf.mul(SHARPNESS, likeness), draw), SOFTNESS)) as tf.Tensor2D;
      const manners = tf.matMul(chosen, this.standardised(this.#manners.read() as tf.Tensor2D));
      return tf.concat([manners, own.slice([0, this.#options.dimensions])], 1);
    });
  }

  /** Manners `[batch, dimensions]` by the mean and the deviation of those that are remembered. Borrows them; the caller owns the result. */
  standardised(manners: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const { mean, variance } = tf.moments(this.#manners.read(), 0);
      return tf.mul(tf.sub(manners, mean), tf.rsqrt(tf.add(variance, LEAST_VARIANCE)));
    });
  }

  /** Takes in manners `[n, dimensions]` of things with codes `[n, codeDimensions]`, and forgets as many of the oldest. Borrows them. */
  remember(codes: tf.Tensor2D, manners: tf.Tensor2D): void {
    tf.tidy(() => {
      const pairs = [[this.#codes, codes], [this.#manners, manners]] as const; // biome-ignore format: a table
      for (const [known, some] of pairs) {
        const kept = (known.read() as tf.Tensor2D).slice([0, 0], [this.#options.size - some.shape[0], -1]);
        known.write(tf.concat([some, kept]));
      }
    });
  }
}
