import { backend_util } from '@tensorflow/tfjs-core';

/** One spatial axis of a convolution. */
export interface Axis {
  /** Extent of the input. */
  input: number;
  /** Extent of the filter. */
  filter: number;
  /** Extent of the output. */
  output: number;
  stride: number;
  dilation: number;
  /** Zeros before the input. */
  before: number;
  /** Zeros after the input. */
  after: number;
  /** Elements at the end of the input that no filter position reaches. */
  unused: number;
}

/** A convolution over tensors of shape [batch, ...space, channels] with a filter of shape [...space, inputs, outputs]. */
export interface Geometry {
  batch: number;
  inputChannels: number;
  outputChannels: number;
  axes: readonly Axis[];
}

/** An axis of known extents, of which the padding after the input follows. */
export function axisOf(input: number, filter: number, output: number, stride: number, dilation: number, before: number): Axis {
  const reached = (output - 1) * stride + (filter - 1) * dilation + 1 - before;
  return {
    input,
    filter,
    output,
    stride,
    dilation,
    before,
    after: Math.max(0, reached - input),
    unused: Math.max(0, input - reached),
  };
}

type Shape4 = [number, number, number, number];
type Shape5 = [number, number, number, number, number];

/** A 2-D convolution as tfjs describes it. */
export interface Attributes2d {
  strides: number | [number, number];
  dilations?: number | [number, number] | null;
  pad: never;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: 'NHWC' | 'NCHW';
}

/** The geometry of a 2-D convolution; of a depthwise one if `depthwise`. The shape's order is that of `dataFormat`. */
export function geometry2d(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: Attributes2d,
  depthwise = false,
): Geometry {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attrs;
  const order = dataFormat === 'NCHW' ? 'channelsFirst' : 'channelsLast';
  const info = backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
    order,
  );
  const height = axisOf(
    info.inHeight,
    info.filterHeight,
    info.outHeight,
    info.strideHeight,
    info.dilationHeight,
    info.padInfo.top,
  );
  const width = axisOf(info.inWidth, info.filterWidth, info.outWidth, info.strideWidth, info.dilationWidth, info.padInfo.left);
  return { batch: info.batchSize, inputChannels: info.inChannels, outputChannels: info.outChannels, axes: [height, width] };
}

/** A 3-D convolution as tfjs describes it. */
export interface Attributes3d {
  strides: number | [number, number, number];
  dilations?: number | [number, number, number] | null;
  pad: 'same' | 'valid';
}

/** The geometry of a 3-D convolution of channels-last tensors. */
export function geometry3d(inputShape: readonly number[], filterShape: readonly number[], attrs: Attributes3d): Geometry {
  const { strides, dilations, pad } = attrs;
  const info = backend_util.computeConv3DInfo(inputShape as Shape5, filterShape as Shape5, strides, dilations ?? 1, pad);
  const { padInfo } = info;
  const axes = [
    axisOf(info.inDepth, info.filterDepth, info.outDepth, info.strideDepth, info.dilationDepth, padInfo.front),
    axisOf(info.inHeight, info.filterHeight, info.outHeight, info.strideHeight, info.dilationHeight, padInfo.top),
    axisOf(info.inWidth, info.filterWidth, info.outWidth, info.strideWidth, info.dilationWidth, padInfo.left),
  ];
  return { batch: info.batchSize, inputChannels: info.inChannels, outputChannels: info.outChannels, axes };
}

/** Shape of the input. */
export const inputShapeOf = ({ batch, axes, inputChannels }: Geometry): number[] => [
  batch,
  ...axes.map(({ input }) => input),
  inputChannels,
];

/** Shape of the output. */
export const outputShapeOf = ({ batch, axes, outputChannels }: Geometry): number[] => [
  batch,
  ...axes.map(({ output }) => output),
  outputChannels,
];

/** ONNX's attributes of a convolution. */
export function onnxAttributes(axes: readonly Axis[]): Record<string, number[]> {
  return {
    kernel_shape: axes.map(({ filter }) => filter),
    strides: axes.map(({ stride }) => stride),
    dilations: axes.map(({ dilation }) => dilation),
    pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
  };
}
