import * as tf from '@tensorflow/tfjs';

/**
 * Kernels that training needs and the wasm backend of TensorFlow.js 4.22 does not have, put together from those that it has: without them no
 * convolution and no embedding can learn there. Depthwise convolutions still cannot.
 */
export const wasmKernels: readonly tf.KernelConfig[] = [
  wasmKernel('Conv2DBackpropFilter', ({ x, dy }, { strides, pad, dataFormat, dimRoundingMode, filterShape }) => {
    if (dataFormat !== 'NHWC')
      throw new Error(`conv2d: on wasm its filter has a gradient in the format NHWC only, not in ${dataFormat}`);
    const shape = filterShape as [number, number, number, number];
    const [filterHeight, filterWidth, inputs, outputs] = shape;
    const info = tf.backend_util.computeConv2DInfo(
      x!.shape as [number, number, number, number],
      shape,
      strides as [number, number],
      1,
      pad as 'same',
      dimRoundingMode as 'floor',
    );
    const { top, bottom, left, right } = info.padInfo;
    const padded = tf.pad(x!, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const errors = tf.reshape(dy!, [-1, outputs]) as tf.Tensor2D;
    // One product for each place in the filter: what stood under it, times what became of it.
    const places = Array.from({ length: filterHeight * filterWidth }, (_, place) => {
      const [row, column] = [Math.floor(place / filterWidth), place % filterWidth];
      const seen = tf.stridedSlice(
        padded,
        [0, row, column, 0],
        [
          info.batchSize,
          row + (info.outHeight - 1) * info.strideHeight + 1,
          column + (info.outWidth - 1) * info.strideWidth + 1,
          inputs,
        ],
        [1, info.strideHeight, info.strideWidth, 1],
      );
      return tf.matMul(tf.reshape(seen, [-1, inputs]) as tf.Tensor2D, errors, true);
    });
    return tf.reshape(tf.stack(places), shape);
  }),
  wasmKernel('UnsortedSegmentSum', ({ x, segmentIds }, { numSegments }) => {
    const [count, ...rest] = x!.shape as [number, ...number[]];
    const chosen = tf.cast(tf.oneHot(segmentIds as tf.Tensor1D, numSegments as number), 'float32') as tf.Tensor2D;
    const sums = tf.matMul(chosen, tf.reshape(x!, [count, -1]) as tf.Tensor2D, true);
    return tf.reshape(sums, [numSegments as number, ...rest]);
  }),
];

function wasmKernel(
  kernelName: string,
  compute: (inputs: Readonly<Record<string, tf.Tensor>>, attributes: tf.NamedAttrMap) => tf.Tensor,
): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(inputs as tf.NamedTensorMap, attrs ?? {})),
  };
}
