import * as tf from '@tensorflow/tfjs';

/**
 * Comparisons and logic are constant almost everywhere. TensorFlow.js has no gradient for most of them, so that whatever chooses by a
 * comparison (leakyRelu, prelu, selu, relu6, maximum, minimum, max, min, where, clipByValue) threw in a second-order gradient.
 */
export const zeroGradients: readonly tf.GradConfig[] = [
  ...['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'].map((kernelName) =>
    zeroGradient(kernelName, ['a', 'b']),
  ),
  zeroGradient('LogicalNot', ['x']),
];

function zeroGradient(kernelName: string, inputs: string[]): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: inputs,
    gradFunc: (_dy, saved) => Object.fromEntries(inputs.map((name, i) => [name, () => tf.zeros(saved[i]!.shape)])),
  };
}
