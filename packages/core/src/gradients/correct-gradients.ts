import * as tf from '@tensorflow/tfjs';
import { activationGradients } from './activation-gradients.js';
import { linearGradients } from './linear-gradients.js';
import { shapeGradients } from './shape-gradients.js';
import { wasmKernels } from './wasm-kernels.js';
import { zeroGradients } from './zero-gradients.js';

let isDone = false;

/**
 * Puts right what TensorFlow.js 4.22 gets wrong about gradients, on every engine, for the whole process. Importing `@polygan/core` does it;
 * a second call does nothing.
 *
 * - Second-order gradients, which gradient penalties need: of tanh, sigmoid, exp, elu and softmax a term was silently missing; leakyRelu,
 *   prelu, selu, relu6, maximum, minimum, max, min, where, clipByValue, pooling, resizing and depthwise convolution threw.
 * - First-order gradients: of mirrorPad, of padded average pooling, of resizing with half-pixel centres, and on cpu of resizing to the nearest
 *   neighbour (wrong); of tile from five dimensions on (missing).
 * - On wasm, the gradients of convolution filters, of depthwise convolution and of gather (missing).
 *
 * Beyond its reach is `tf.logSoftmax`, which has its gradient built in: write `tf.sub(x, tf.logSumExp(x, -1, true))` where it is
 * penalised. Dilated and three-dimensional convolutions stay as they were.
 */
export function correctGradients(): void {
  if (isDone) return;
  isDone = true;
  const corrections = [...zeroGradients, ...activationGradients, ...linearGradients, ...shapeGradients];
  for (const correction of corrections) {
    if (tf.getGradient(correction.kernelName)) tf.unregisterGradient(correction.kernelName);
    tf.registerGradient(correction);
  }
  for (const kernel of wasmKernels) {
    if (!tf.getKernel(kernel.kernelName, kernel.backendName)) tf.registerKernel(kernel);
  }
}
