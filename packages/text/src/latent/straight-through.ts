import { stopGradient } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

type LayerVariable = ReturnType<tf.layers.Layer['addWeight']>;
type Shape = tf.Shape | tf.Shape[];

/**
 * Logits `[…, vocabulary]` as one-hot tokens, the likeliest of each place, through which gradients pass as if they were softmax(logits / temperature): the
 * straight-through estimator of Gumbel-softmax (Jang et al. 2016, arXiv 1611.01144, section 2.2).
 *
 * Deviation: no Gumbel noise. Chance comes from the latent point alone, so that a point stands for one text.
 *
 * The temperature is a weight that is not trained, 1 at first; whoever trains may write it.
 */
export class StraightThrough extends tf.layers.Layer {
  static readonly className = 'PolyganStraightThrough';
  #temperature!: LayerVariable;

  // Minifiers rename classes, model files do not.
  override getClassName(): string {
    return StraightThrough.className;
  }

  override build(inputShape: Shape): void {
    this.#temperature = this.addWeight('temperature', [1], 'float32', tf.initializers.ones(), undefined, false);
    super.build(inputShape);
  }

  /** Sets the temperature, above 0: low ones follow the likeliest token closely, high ones give all tokens their share of the gradient. */
  setTemperature(value: number): void {
    tf.tidy(() => {
      this.#temperature.write(tf.tensor1d([value]));
    });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => relaxed(Array.isArray(inputs) ? inputs[0]! : inputs, this.#temperature.read()));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

/** What {@link StraightThrough} computes, as a function of logits and temperature `[1]`. */
export function relaxed(logits: tf.Tensor, temperature: tf.Tensor): tf.Tensor {
  const soft = tf.softmax(tf.div(logits, temperature));
  const rest = stopGradient(() => tf.sub(oneHot(tf.argMax(logits, -1), logits.shape.at(-1)!), soft));
  return tf.add(soft, rest);
}

/** Tokens, int32, as one-hot float32 with one more dimension. */
export function oneHot(tokens: tf.Tensor, vocabulary: number): tf.Tensor {
  return tf.cast(tf.oneHot(tf.cast(tokens, 'int32'), vocabulary), 'float32');
}

tf.serialization.registerClass(StraightThrough);
