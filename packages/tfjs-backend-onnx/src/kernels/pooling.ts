import { backend_util } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { sizeOf } from '../graph/types.js';
import { blocksOf, fromBlocks, poolBlocks } from './convolution/blocked.js';
import { channelsFirst, channelsLast } from './convolution/general.js';
import { type Axis, axisOf, onnxAttributes } from './convolution/geometry.js';
import { ON_CPU, type RecordedKernel, recorded } from './definition.js';

// biome-ignore lint/suspicious/noExplicitAny: attributes as tfjs passes them
type PoolAttributes = Record<string, any>;

function axes2d(shape: readonly number[], { filterSize, strides, pad, dimRoundingMode, dilations }: PoolAttributes): Axis[] {
  const info = backend_util.computePool2DInfo(shape as never, filterSize, strides, dilations ?? 1, pad, dimRoundingMode);
  return [
    axisOf(info.inHeight, info.filterHeight, info.outHeight, info.strideHeight, info.dilationHeight, info.padInfo.top),
    axisOf(info.inWidth, info.filterWidth, info.outWidth, info.strideWidth, info.dilationWidth, info.padInfo.left),
  ];
}

function axes3d(shape: readonly number[], { filterSize, strides, pad, dimRoundingMode, dataFormat }: PoolAttributes): Axis[] {
  const info = backend_util.computePool3DInfo(shape as never, filterSize, strides, 1, pad, dimRoundingMode, dataFormat);
  return [
    axisOf(info.inDepth, info.filterDepth, info.outDepth, info.strideDepth, info.dilationDepth, info.padInfo.front),
    axisOf(info.inHeight, info.filterHeight, info.outHeight, info.strideHeight, info.dilationHeight, info.padInfo.top),
    axisOf(info.inWidth, info.filterWidth, info.outWidth, info.strideWidth, info.dilationWidth, info.padInfo.left),
  ];
}

const pooledShape = (first: GraphNode, axes: readonly Axis[]): number[] => [
  ...first.shape.slice(0, 2),
  ...axes.map(({ output }) => output),
];

/** Pools, with the flat position that each maximum has in the channels-first input. */
function maxPool(g: GraphBuilder, x: GraphNode, axes: readonly Axis[]): { pooled: GraphNode; positions: GraphNode } {
  const first = channelsFirst(g, g.cast(x, 'float32'));
  const shape = pooledShape(first, axes);
  const results = [
    [shape, 'float32'],
    [shape, 'int64'],
  ] as const;
  const [pooled, positions] = g.outputs('MaxPool', [first], results, onnxAttributes(axes));
  return { pooled: pooled!, positions: positions! };
}

function averagePool(g: GraphBuilder, x: GraphNode, axes: readonly Axis[]): GraphNode {
  const first = channelsFirst(g, g.cast(x, 'float32'));
  const attributes = { ...onnxAttributes(axes), count_include_pad: 0 };
  return channelsLast(g, g.op('AveragePool', [first], pooledShape(first, axes), 'float32', attributes));
}

/** Each gradient goes to where its window's maximum was. */
function maxPoolGradient(g: GraphBuilder, dy: GraphNode, x: GraphNode, axes: readonly Axis[]): GraphNode {
  const { positions } = maxPool(g, x, axes);
  const first = channelsFirst(g, dy);
  const size = sizeOf(x.shape);
  const count = sizeOf(first.shape);
  const zeros = g.expand(g.scalar(0), [size]);
  const inputs = [zeros, g.reshape(positions, [count]), g.reshape(first, [count])];
  const gradient = g.op('ScatterElements', inputs, [size], 'float32', { axis: 0, reduction: 'add' });
  const [batch, channels, space] = [x.shape[0]!, x.shape.at(-1)!, x.shape.slice(1, -1)];
  return channelsLast(g, g.reshape(gradient, [batch, channels, ...space]));
}

/** Each gradient is shared out over its window: a transposed convolution of each channel with a filter of ones. */
function averagePoolGradient(g: GraphBuilder, dy: GraphNode, _x: GraphNode, axes: readonly Axis[]): GraphNode {
  const first = channelsFirst(g, dy);
  const [batch, channels] = first.shape as [number, number];
  const shape = [batch * channels, 1, ...axes.map(({ input }) => input)];
  const area = axes.reduce((product, { filter }) => product * filter, 1);
  const weights = g.expand(g.scalar(1 / area), [1, 1, ...axes.map(({ filter }) => filter)]);
  const attributes = { ...onnxAttributes(axes), output_padding: axes.map(({ unused }) => unused) };
  const planes = g.reshape(first, [batch * channels, 1, ...axes.map(({ output }) => output)]);
  const gradient = g.op('ConvTranspose', [planes, weights], shape, 'float32', attributes);
  return channelsLast(g, g.reshape(gradient, [batch, channels, ...axes.map(({ input }) => input)]));
}

/** ONNX Runtime does not pad by a whole window or more. */
const isWithinWindow = (axes: readonly Axis[]): boolean =>
  axes.every(({ before, after, filter }) => Math.max(before, after) < filter);

type Pool = (g: GraphBuilder, x: GraphNode, axes: readonly Axis[]) => GraphNode;
type AxesOf = (shape: readonly number[], attrs: PoolAttributes) => Axis[];

function pool(name: string, axesOf: AxesOf, compute: Pool): RecordedKernel {
  return recorded(name, (g, { x }, attrs) => {
    const axes = axesOf(x!.shape, attrs);
    return isWithinWindow(axes) ? compute(g, x!, axes) : ON_CPU;
  });
}

/** Where blocks of channels were put in order just before, they are pooled as they are, and the little that is left is put in order. */
function largest(g: GraphBuilder, x: GraphNode, axes: readonly Axis[]): GraphNode {
  const blocks = blocksOf(x);
  if (blocks) return fromBlocks(g, poolBlocks(g, blocks, axes), x.shape.at(-1)!);
  return g.cast(channelsLast(g, maxPool(g, x, axes).pooled), x.dtype);
}

function poolGradient(
  name: string,
  axesOf: AxesOf,
  compute: (g: GraphBuilder, dy: GraphNode, x: GraphNode, axes: readonly Axis[]) => GraphNode,
) {
  return recorded(name, (g, { dy, input }, attrs) => {
    const axes = axesOf(input!.shape, attrs);
    return isWithinWindow(axes) ? compute(g, dy!, input!, axes) : ON_CPU;
  });
}

/** Kernels that pool, and their gradients. */
export const pooling: readonly RecordedKernel[] = [
  pool('MaxPool', axes2d, largest),
  pool('MaxPool3D', axes3d, largest),
  pool('AvgPool', axes2d, averagePool),
  pool('AvgPool3D', axes3d, averagePool),
  poolGradient('MaxPoolGrad', axes2d, maxPoolGradient),
  poolGradient('MaxPool3DGrad', axes3d, maxPoolGradient),
  poolGradient('AvgPoolGrad', axes2d, averagePoolGradient),
  poolGradient('AvgPool3DGrad', axes3d, averagePoolGradient),
];
