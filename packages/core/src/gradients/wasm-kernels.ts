import * as tf from '@tensorflow/tfjs';
import { sumOfPlaces, underEachPlace } from './filter-places.js';

type Shape4D = [number, number, number, number];

/**
 * Kernels that training needs and the wasm backend of TensorFlow.js 4.22 does not have, put together from those that it has: without them no
 * convolution and no embedding can learn there.
 */
export const wasmKernels: readonly tf.KernelConfig[] = [
  wasmKernel('Conv2DBackpropFilter', ({ x, dy }, attributes) => {
    const { filterShape, dataFormat } = attributes;
    if (dataFormat !== 'NHWC')
      throw new Error(`conv2d: on wasm its filter has a gradient in the format NHWC only, not in ${dataFormat}`);
    const [, , inputs, outputs] = filterShape as Shape4D;
    const errors = tf.reshape(dy!, [-1, outputs]) as tf.Tensor2D;
    // One product for each place in the filter: what stood under it, times what became of it. Transposing in the product would be slow.
    const products = underEachPlace(x!, convolution(x!.shape, filterShape, attributes)).map((seen) =>
      tf.matMul(tf.transpose(tf.reshape(seen, [-1, inputs])) as tf.Tensor2D, errors),
    );
    return tf.reshape(tf.stack(products), filterShape as Shape4D);
  }),
  wasmKernel('DepthwiseConv2dNativeBackpropFilter', ({ x, dy }, attributes) => {
    const [, , inputs, multiplier] = attributes.filterShape as Shape4D;
    const errors = tf.reshape(dy!, [-1, inputs, multiplier]);
    const products = underEachPlace(x!, convolution(x!.shape, attributes.filterShape, attributes, true)).map((seen) =>
      tf.sum(tf.mul(tf.reshape(seen, [-1, inputs, 1]), errors), 0),
    );
    return tf.reshape(tf.stack(products), attributes.filterShape as Shape4D);
  }),
  wasmKernel('DepthwiseConv2dNativeBackpropInput', ({ dy, filter }, attributes) => {
    const [height, width, inputs, multiplier] = filter!.shape as Shape4D;
    const info = convolution(attributes.inputShape, filter!.shape, attributes, true);
    const errors = tf.reshape(dy!, [-1, inputs, multiplier]);
    const weights = tf.unstack(tf.reshape(filter!, [height * width, inputs, multiplier]));
    const outShape: Shape4D = [info.batchSize, info.outHeight, info.outWidth, inputs];
    return sumOfPlaces(
      weights.map((weight) => tf.reshape(tf.sum(tf.mul(errors, weight), -1), outShape)),
      info,
    );
  }),
  wasmKernel('UnsortedSegmentSum', ({ x, segmentIds }, { numSegments }) => {
    const [count, ...rest] = x!.shape as [number, ...number[]];
    const chosen = tf.cast(tf.oneHot(segmentIds as tf.Tensor1D, numSegments as number), 'float32') as tf.Tensor2D;
    const sums = tf.matMul(chosen, tf.reshape(x!, [count, -1]) as tf.Tensor2D, true);
    return tf.reshape(sums, [numSegments as number, ...rest]);
  }),
];

/** What a kernel of a convolution with these attributes is to do. TensorFlow.js has no gradients of dilated ones. */
export function convolution(
  inputShape: unknown,
  filterShape: unknown,
  { strides, pad, dimRoundingMode }: tf.NamedAttrMap,
  depthwise = false,
) {
  return tf.backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides as [number, number],
    1,
    pad as 'same',
    dimRoundingMode as 'floor',
    depthwise,
  );
}

/** A kernel of the wasm backend, put together from operations. */
export function wasmKernel(
  kernelName: string,
  compute: (inputs: Readonly<Record<string, tf.Tensor>>, attributes: tf.NamedAttrMap) => tf.Tensor,
): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(inputs as tf.NamedTensorMap, attrs ?? {})),
  };
}
