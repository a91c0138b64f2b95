import * as tf from '@tensorflow/tfjs';

/**
 * Activations whose gradient is written in terms of their output.
 *
 * An output that TensorFlow.js saves for a gradient lies outside the tape: in a second-order gradient it counts as a constant, and a term
 * is silently missing. Here the output is computed again from the input while a gradient is itself being differentiated; a first-order
 * gradient costs what it did.
 */
export const activationGradients: readonly tf.GradConfig[] = [
  fromOutput('Tanh', tf.tanh, (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y)))),
  fromOutput('Sigmoid', tf.sigmoid, (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  fromOutput('Exp', tf.exp, (dy, y) => tf.mul(dy, y)),
  // The slope is 1 above zero, and exp(x) = y + 1 below.
  fromOutput('Elu', tf.elu, (dy, y) => tf.mul(dy, tf.add(tf.minimum(y, 0), 1))),
  {
    kernelName: 'Softmax',
    inputsToSave: ['logits'],
    outputsToSave: [true],
    gradFunc(dy, saved) {
      const y = outputOf(tf.softmax, saved);
      const weighted = tf.mul(dy as tf.Tensor, y);
      return { logits: () => tf.sub(weighted, tf.mul(tf.sum(weighted, -1, true), y)) };
    },
  },
  // These two have constant slopes, so that the output as a constant is exactly what is wanted: nothing is differentiated that is zero.
  {
    kernelName: 'Relu',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => tf.mul(dy as tf.Tensor, tf.step(y!)) }),
  },
  {
    kernelName: 'LeakyRelu',
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc(dy, [x, y], attributes) {
      const alpha = attributes.alpha as number;
      // The output has the sign of the input, unless the slope is negative.
      const positive = () => tf.greater(alpha >= 0 ? y! : x!, 0);
      return { x: () => tf.where(positive(), dy as tf.Tensor, tf.mul(dy as tf.Tensor, alpha)) };
    },
  },
];

function fromOutput(
  kernelName: string,
  operation: (x: tf.Tensor) => tf.Tensor,
  gradient: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor,
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({ x: () => gradient(dy as tf.Tensor, outputOf(operation, saved)) }),
  };
}

/** The output as a function of the input where somebody may differentiate it, else the saved one. */
function outputOf(operation: (x: tf.Tensor) => tf.Tensor, [x, y]: tf.Tensor[]): tf.Tensor {
  const isRecorded = tf.engine().state.gradientDepth > 0;
  return isRecorded ? operation(x!) : y!;
}
