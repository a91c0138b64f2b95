import type * as tf from '@tensorflow/tfjs';

/** The variables of a network that training changes. */
export function trainableVariables(network: tf.LayersModel): tf.Variable[] {
  return network.trainableWeights.map((weight) => weight.read() as tf.Variable);
}
