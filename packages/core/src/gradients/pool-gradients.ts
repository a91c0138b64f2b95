import * as tf from '@tensorflow/tfjs';

type Pair = [number, number];

/**
 * The gradient of average pooling.
 *
 * With padding, a window at the border averages over fewer pixels; several engines' AvgPoolGrad divides by the size of the whole window all
 * the same. Here the padding is written out, where all engines agree.
 */
export const avgPoolGradient: tf.GradConfig = {
  kernelName: 'AvgPool',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => ({
    x: () => {
      const { filterSize, strides, paddings, isPadded } = windows(x as tf.Tensor4D, attributes);
      const valid = { filterSize, strides, pad: 'valid' };
      if (!isPadded) return tf.engine().runKernel('AvgPoolGrad', { dy: dy as tf.Tensor, input: x! }, valid) as tf.Tensor;
      const [, height, width] = x!.shape as [number, number, number, number];
      const share = tf.avgPool(tf.pad(tf.ones([1, height, width, 1]), paddings) as tf.Tensor4D, filterSize, strides, 'valid');
      const input = tf.pad(x as tf.Tensor4D, paddings);
      const padded = tf.engine().runKernel('AvgPoolGrad', { dy: tf.div(dy as tf.Tensor, share), input }, valid) as tf.Tensor;
      return tf.slice(
        padded,
        paddings.map(([before]) => before),
        x!.shape,
      );
    },
  }),
};

/** The gradient of the gradient of max pooling: it takes each window's value from the place of its (first) maximum. */
export const maxPoolGradGradient: tf.GradConfig = {
  kernelName: 'MaxPoolGrad',
  inputsToSave: ['input', 'output'],
  gradFunc: (ddx, [input, output], attributes) => ({
    dy: () => {
      const { filterSize, strides, paddings } = windows(input as tf.Tensor4D, attributes);
      const [, outHeight, outWidth] = output!.shape as [number, number, number, number];
      const pieces = (of: tf.Tensor, fill: number): tf.Tensor => {
        const padded = tf.pad(of, paddings, fill);
        const [batch, , , channels] = padded.shape as [number, number, number, number];
        const offsets = Array.from({ length: filterSize[0] * filterSize[1] }, (_, i) => [
          Math.floor(i / filterSize[1]),
          i % filterSize[1],
        ]) as Pair[];
        const taken = offsets.map(([row, column]) => {
          const end = [batch, row + (outHeight - 1) * strides[0] + 1, column + (outWidth - 1) * strides[1] + 1, channels];
          return tf.stridedSlice(padded, [0, row, column, 0], end, [1, ...strides, 1]);
        });
        return tf.stack(taken, padded.rank);
      };
      const places = tf.argMax(pieces(input!, -3.4e38), -1);
      // Cast, since wasm makes whole numbers whatever type it is asked for.
      const chosen = tf.cast(tf.oneHot(places as tf.Tensor1D, filterSize[0] * filterSize[1]), 'float32');
      return tf.sum(tf.mul(pieces(ddx as tf.Tensor, 0), chosen), -1);
    },
    input: () => tf.zeros(input!.shape),
    output: () => tf.zeros(output!.shape),
  }),
};

/** The windows that a pooling kernel with these attributes lays over its input. */
function windows(x: tf.Tensor4D, { filterSize, strides, pad, dimRoundingMode }: tf.NamedAttrMap) {
  const info = tf.backend_util.computePool2DInfo(
    x.shape,
    filterSize as Pair,
    strides as Pair,
    1,
    pad as 'valid',
    dimRoundingMode as 'floor',
  );
  const { top, bottom, left, right } = info.padInfo;
  const paddings: Pair[] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return {
    filterSize: [info.filterHeight, info.filterWidth] as Pair,
    strides: [info.strideHeight, info.strideWidth] as Pair,
    paddings,
    isPadded: top + bottom + left + right > 0,
  };
}
