import * as tf from '@tensorflow/tfjs';

type LayerVariable = ReturnType<tf.layers.Layer['addWeight']>;
type Config = ConstructorParameters<typeof tf.layers.Layer>[0];

/** Options of {@link ConditionalBatchNormalization}. */
export interface ConditionalBatchNormalizationOptions {
  /** Share of the moving statistics that stays at each step, 0 to 1. Default 0.9: the weights they belong to change at every step. */
  readonly momentum?: number;
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
  /**
   * What samples are told by: 'classes', one-hot, each with gains and offsets of its own, or 'numbers', which may be any and move gains away from 1 and offsets from 0.
   * Default 'classes'.
   */
  readonly by?: 'classes' | 'numbers';
}

/**
 * Batch normalisation with a gain and an offset of its own for each class and channel (Dumoulin et al. 2016, arXiv 1610.07629, equation 5; for GANs
 * Miyato & Koyama 2018, arXiv 1802.05637, section 4).
 *
 * Takes `[map, told]`: `[batch, …, channels]`, and the class of each sample, one-hot, `[batch, classes]`, or its numbers. Gains start at 1, offsets at 0. With
 * `training: true` the batch's own mean and variance count, and move the averages that count without it.
 */
export class ConditionalBatchNormalization extends tf.layers.Layer {
  static readonly className = 'PolyganConditionalBatchNormalization';
  readonly #momentum: number;
  readonly #epsilon: number;
  readonly #by: 'classes' | 'numbers';
  #gains!: LayerVariable;
  #offsets!: LayerVariable;
  #mean!: LayerVariable;
  #variance!: LayerVariable;

  constructor({ momentum = 0.9, epsilon = 1e-5, by = 'classes', ...config }: ConditionalBatchNormalizationOptions & Config = {}) {
    super(config);
    this.#momentum = momentum;
    this.#epsilon = epsilon;
    this.#by = by;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), momentum: this.#momentum, epsilon: this.#epsilon, by: this.#by };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const [map, told] = inputShape as [tf.Shape, tf.Shape];
    const channels = map.at(-1)!;
    const rows = told.at(-1)!;
    const [ones, zeros] = [tf.initializers.ones(), tf.initializers.zeros()];
    this.#gains = this.addWeight('gains', [rows, channels], 'float32', this.#by === 'classes' ? ones : zeros);
    this.#offsets = this.addWeight('offsets', [rows, channels], 'float32', zeros);
    this.#mean = this.addWeight('movingMean', [channels], 'float32', zeros, undefined, false);
    this.#variance = this.addWeight('movingVariance', [channels], 'float32', ones, undefined, false);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const [map, told] = inputs as [tf.Tensor, tf.Tensor2D];
      const [batch, ...rest] = map.shape as [number, ...number[]];
      const { mean, variance } =
        training === true ? this.#ofBatch(map) : { mean: this.#mean.read(), variance: this.#variance.read() };
      const weighted = tf.matMul(told, this.#gains.read() as tf.Tensor2D);
      const gains = this.#by === 'classes' ? weighted : tf.add(1, weighted);
      const offsets = tf.matMul(told, this.#offsets.read() as tf.Tensor2D);
      // One factor and one summand for each sample and channel, so that the map itself is touched twice only.
      const factor = tf.mul(gains, tf.rsqrt(tf.add(variance, this.#epsilon)));
      const everywhere = [batch, ...rest.slice(1).map(() => 1), rest.at(-1)!];
      return tf.add(tf.mul(map, tf.reshape(factor, everywhere)), tf.reshape(tf.sub(offsets, tf.mul(mean, factor)), everywhere));
    });
  }

  #ofBatch(map: tf.Tensor): { mean: tf.Tensor; variance: tf.Tensor } {
    const { mean, variance } = tf.moments(
      map,
      Array.from({ length: map.rank - 1 }, (_, axis) => axis),
    );
    const moved = (average: LayerVariable, now: tf.Tensor) =>
      average.write(tf.add(tf.mul(average.read(), this.#momentum), tf.mul(now, 1 - this.#momentum)));
    moved(this.#mean, mean);
    moved(this.#variance, variance);
    return { mean, variance };
  }
}
