import * as tf from '@tensorflow/tfjs';

/**
 * A highway layer (1505.00387): t · relu(xW + b) + (1 − t) · x with t = σ(xV + c), `[batch, n]` to `[batch, n]`. Weights in the order W, b, V, c.
 */
export class Highway extends tf.layers.Layer {
  static readonly className = 'PolyganHighway';

  // Minifiers rename classes, model files do not.
  override getClassName(): string {
    return Highway.className;
  }

  override build(shape: tf.Shape): void {
    const units = shape.at(-1)!;
    const zeros = tf.initializers.zeros();
    for (const part of ['values', 'gate']) {
      this.addWeight(`${part}_kernel`, [units, units], 'float32', zeros);
      this.addWeight(`${part}_bias`, [units], 'float32', zeros);
    }
    super.build(shape);
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor2D;
    return tf.tidy(() => highway(x, this.weights.map((weight) => weight.read()) as HighwayWeights));
  }
}

/** W, b, V and c of a {@link Highway}. */
export type HighwayWeights = [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D];

/** What a {@link Highway} does. Inside `tf.tidy`. */
export function highway(x: tf.Tensor2D, [valuesKernel, valuesBias, gateKernel, gateBias]: HighwayWeights): tf.Tensor2D {
  const values = tf.relu(tf.add(tf.matMul(x, valuesKernel), valuesBias));
  const gate = tf.sigmoid(tf.add(tf.matMul(x, gateKernel), gateBias));
  return tf.add(x, tf.mul(gate, tf.sub(values, x)));
}

tf.serialization.registerClass(Highway);
