import * as tf from '@tensorflow/tfjs';
import { avgPoolGradient, maxPoolGradGradient } from './pool-gradients.js';
import { resizeGradients } from './resize-gradients.js';

type Pair = [number, number];
type Padding = number | 'valid' | 'same';
type Rounding = 'floor' | 'round' | 'ceil';

/**
 * Gradient kernels that are linear in what they are given: their own gradient is the operation that they belong to. TensorFlow.js knows
 * none of these, so that the layers threw in a second-order gradient.
 */
export const linearGradients: readonly tf.GradConfig[] = [
  avgPoolGradient,
  {
    kernelName: 'AvgPoolGrad',
    inputsToSave: ['input'],
    gradFunc: (ddx, [input], { filterSize, strides, pad }) => ({
      dy: () => tf.avgPool(ddx as tf.Tensor4D, filterSize as Pair, strides as Pair, pad as Padding),
      input: () => tf.zeros(input!.shape),
    }),
  },
  maxPoolGradGradient,
  ...resizeGradients,
  {
    kernelName: 'Conv2DBackpropFilter',
    inputsToSave: ['x', 'dy'],
    gradFunc: (ddw, [x, dy], attributes) => ({
      x: () => {
        const attrs = { ...attributes, inputShape: x!.shape };
        return tf.engine().runKernel('Conv2DBackpropInput', { dy: dy!, filter: ddw as tf.Tensor }, attrs) as tf.Tensor;
      },
      dy: () => {
        const { strides, pad, dataFormat, dimRoundingMode } = attributes;
        const filter = ddw as tf.Tensor4D;
        return tf.conv2d(
          x as tf.Tensor4D,
          filter,
          strides as Pair,
          pad as Padding,
          dataFormat as 'NHWC',
          1,
          dimRoundingMode as Rounding,
        );
      },
    }),
  },
  {
    kernelName: 'DepthwiseConv2dNativeBackpropInput',
    inputsToSave: ['dy', 'filter'],
    gradFunc: (ddx, [dy, filter], attributes) => ({
      dy: () => depthwise(ddx as tf.Tensor4D, filter as tf.Tensor4D, attributes),
      filter: () => {
        const attrs = { ...attributes, filterShape: filter!.shape };
        return tf.engine().runKernel('DepthwiseConv2dNativeBackpropFilter', { x: ddx as tf.Tensor, dy: dy! }, attrs) as tf.Tensor;
      },
    }),
  },
  {
    kernelName: 'DepthwiseConv2dNativeBackpropFilter',
    inputsToSave: ['x', 'dy'],
    gradFunc: (ddw, [x, dy], attributes) => ({
      x: () => {
        const attrs = { ...attributes, inputShape: x!.shape };
        return tf
          .engine()
          .runKernel('DepthwiseConv2dNativeBackpropInput', { dy: dy!, filter: ddw as tf.Tensor }, attrs) as tf.Tensor;
      },
      dy: () => depthwise(x as tf.Tensor4D, ddw as tf.Tensor4D, attributes),
    }),
  },
];

function depthwise(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { strides, pad, dilations, dimRoundingMode }: tf.NamedAttrMap,
): tf.Tensor4D {
  return tf.depthwiseConv2d(x, filter, strides as Pair, pad as Padding, 'NHWC', dilations as Pair, dimRoundingMode as Rounding);
}
