import * as tf from '@tensorflow/tfjs';
import { sumOfPlaces } from '../../gradients/filter-places.js';
import { convolution, wasmKernel } from '../../gradients/wasm-kernels.js';

const KERNEL = 'Conv2DBackpropInput';

/** Loads the WebAssembly backend, with a faster kernel for transposed convolutions, which are also the gradients of convolutions. */
export async function loadWasm(): Promise<void> {
  await import('@tensorflow/tfjs-backend-wasm');
  const original = tf.getKernel(KERNEL, 'wasm');
  if (replacements.has(original)) return;
  const replacement = fasterInputGradient(original);
  replacements.add(replacement);
  tf.unregisterKernel(KERNEL, 'wasm');
  tf.registerKernel(replacement);
}

const replacements = new WeakSet<tf.KernelConfig>();

/** One product for each place in the filter, for which the backend has a fast kernel, put where the place was. */
function fasterInputGradient(original: tf.KernelConfig): tf.KernelConfig {
  const faster = wasmKernel(KERNEL, ({ dy, filter }, attributes) => {
    const [height, width, inputs, outputs] = filter!.shape as [number, number, number, number];
    const info = convolution(attributes.inputShape, filter!.shape, attributes);
    const errors = tf.reshape(dy!, [-1, outputs]) as tf.Tensor2D;
    const weights = tf.unstack(tf.transpose(tf.reshape(filter!, [height * width, inputs, outputs]), [0, 2, 1])) as tf.Tensor2D[];
    const outShape: [number, number, number, number] = [info.batchSize, info.outHeight, info.outWidth, inputs];
    return sumOfPlaces(
      weights.map((weight) => tf.reshape(tf.matMul(errors, weight), outShape)),
      info,
    );
  });
  const isUsual = (attributes: tf.NamedAttrMap | undefined) => attributes?.dataFormat === 'NHWC';
  return {
    ...original,
    kernelFunc: (params) => (isUsual(params.attrs) ? faster : original).kernelFunc(params),
  };
}
