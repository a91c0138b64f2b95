import * as tf from '@tensorflow/tfjs';

/** Takes `[map, addition]`, both of one shape, and gives map + γ · addition, where γ is one learned number that starts at 0 (1805.08318, equation 3). */
export class LearnedShare extends tf.layers.Layer {
  static readonly className = 'PolyganLearnedShare';
  #share!: ReturnType<tf.layers.Layer['addWeight']>;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.#share = this.addWeight('share', [1], 'float32', tf.initializers.zeros());
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [map, addition] = inputs as tf.Tensor[];
    return tf.tidy(() => tf.add(map!, tf.mul(addition!, this.#share.read())));
  }
}
