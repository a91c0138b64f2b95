import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Units of the layers that join modalities: between features and what is read in them, and in networks that work on codes and latent points. */
export const UNITS = 128;

/** A dense layer without an activation; its first weights keep the size of what passes through, there and back (Glorot). */
export function dense(units: number, random: Random): tf.layers.Layer {
  return tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotNormal({ seed: random.integer(2 ** 31) }) });
}

/** Leaky ReLU of slope 0.2. */
export function leaky(map: ReturnType<tf.layers.Layer['apply']>): tf.SymbolicTensor {
  return tf.layers.leakyReLU({ alpha: 0.2 }).apply(map) as tf.SymbolicTensor;
}

/** A network of two hidden layers, `[batch, inputs]` to `[batch, outputs]`. */
export function perceptron(inputs: number, outputs: number, random: Random): tf.LayersModel {
  const input = tf.input({ shape: [inputs] });
  const hidden = leaky(dense(UNITS, random).apply(leaky(dense(UNITS, random).apply(input))));
  return tf.model({ inputs: input, outputs: dense(outputs, random).apply(hidden) as tf.SymbolicTensor });
}
