import * as tf from '@tensorflow/tfjs';
import { unitLength } from './unit-length.js';

/** How {@link Directions} are built. */
export interface DirectionsOptions {
  /** How many there are. */
  readonly count: number;
  readonly seed?: number;
}

/** Cosines between codes and directions that are learnt: codes of length 1, `[batch, dimensions]`, to `[batch, count]`. */
export class Directions extends tf.layers.Layer {
  static readonly className = 'PolyganDirections';
  readonly #options: Required<DirectionsOptions>;
  #directions!: ReturnType<tf.layers.Layer['addWeight']>;

  constructor({ count, seed = 0, ...config }: DirectionsOptions & NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>) {
    super(config);
    this.#options = { count, seed };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { count, seed } = this.#options;
    const dimensions = (inputShape as tf.Shape).at(-1)!;
    const initializer = tf.initializers.randomNormal({ mean: 0, stddev: 1 / Math.sqrt(dimensions), seed });
    this.#directions = this.addWeight('directions', [count, dimensions], 'float32', initializer);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [(inputShape as tf.Shape)[0]!, this.#options.count];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const codes = (Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor2D;
      return tf.matMul(codes, unitLength(this.#directions.read()), false, true);
    });
  }
}
