import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { sizeOf } from '../../graph/types.js';
import { positions } from './filter-matrix.js';
import { type Geometry, onnxAttributes, outputShapeOf } from './geometry.js';

/** [batch, ...space, channels] to [batch, channels, ...space]. */
export function channelsFirst(g: GraphBuilder, x: GraphNode): GraphNode {
  const axes = x.shape.map((_, axis) => axis);
  return g.transpose(x, [0, axes.length - 1, ...axes.slice(1, -1)]);
}

/** [batch, channels, ...space] to [batch, ...space, channels]. */
export function channelsLast(g: GraphBuilder, x: GraphNode): GraphNode {
  const axes = x.shape.map((_, axis) => axis);
  return g.transpose(x, [0, ...axes.slice(2), 1]);
}

/** [...space, inputs, outputs] to [outputs, inputs, ...space]. */
function filterOutputsFirst(g: GraphBuilder, filter: GraphNode): GraphNode {
  const axes = filter.shape.map((_, axis) => axis);
  const rank = axes.length;
  return g.transpose(filter, [rank - 1, rank - 2, ...axes.slice(0, -2)]);
}

/** [...space, inputs, multiplier] to [inputs * multiplier, 1, ...space]. */
function depthwiseFilter(g: GraphBuilder, filter: GraphNode): GraphNode {
  const axes = filter.shape.map((_, axis) => axis);
  const rank = axes.length;
  const turned = g.transpose(filter, [rank - 2, rank - 1, ...axes.slice(0, -2)]);
  return g.reshape(turned, [filter.shape[rank - 2]! * filter.shape[rank - 1]!, 1, ...filter.shape.slice(0, -2)]);
}

/**
 * A depthwise filter as one between all channels, [...space, inputs, inputs * multiplier], zero where they have nothing to do with each
 * other. The `webgpu` provider's transposed convolution of each channel alone gives wrong numbers.
 */
function denseFilter(g: GraphBuilder, filter: GraphNode): GraphNode {
  const [inputs, multiplier] = filter.shape.slice(-2) as [number, number];
  const space = filter.shape.slice(0, -2);
  const own = g.table(`own,${inputs}`, 'float32', [inputs, inputs, 1], () =>
    Array.from({ length: inputs * inputs }, (_, place) => (place % (inputs + 1) === 0 ? 1 : 0)),
  );
  const each = g.mul(g.reshape(filter, [...space, 1, inputs, multiplier]), own);
  return g.reshape(each, [...space, inputs, inputs * multiplier]);
}

/** ONNX Runtime's `webgpu` provider forgets the zeros after an input that is as large as the filter, if there are none before it. */
const isPaddingForgotten = ({ axes }: Geometry): boolean =>
  axes.every(({ input, filter, before }) => filter === input && before === 0) && axes.some(({ after }) => after > 0);

const padEnd = (g: GraphBuilder, x: GraphNode, { axes }: Geometry): GraphNode =>
  g.pad(x, [0, ...axes.map(() => 0), 0], [0, ...axes.map(({ after }) => after), 0]);

const withoutEnd = (geometry: Geometry): Geometry => ({
  ...geometry,
  axes: geometry.axes.map((axis) => ({ ...axis, input: axis.input + axis.after, after: 0 })),
});

/** Convolution by ONNX's operator. */
export function convolve(g: GraphBuilder, x: GraphNode, filter: GraphNode, geometry: Geometry, depthwise = false): GraphNode {
  if (isPaddingForgotten(geometry)) return convolve(g, padEnd(g, x, geometry), filter, withoutEnd(geometry), depthwise);
  const { batch, axes, inputChannels, outputChannels } = geometry;
  const weights = depthwise ? depthwiseFilter(g, filter) : filterOutputsFirst(g, filter);
  const shape = [batch, outputChannels, ...axes.map(({ output }) => output)];
  const attributes = { ...onnxAttributes(axes), group: depthwise ? inputChannels : 1 };
  return channelsLast(g, g.op('Conv', [channelsFirst(g, x), weights], shape, x.dtype, attributes));
}

/** Gradient of a convolution with respect to its input, by ONNX's transposed convolution. */
export function inputGradient(
  g: GraphBuilder,
  dy: GraphNode,
  filter: GraphNode,
  geometry: Geometry,
  depthwise = false,
): GraphNode {
  if (depthwise && !g.isOnCpu) return inputGradient(g, dy, denseFilter(g, filter), geometry);
  const { batch, axes, inputChannels } = geometry;
  const weights = depthwise ? depthwiseFilter(g, filter) : filterOutputsFirst(g, filter);
  const shape = [batch, inputChannels, ...axes.map(({ input }) => input)];
  const attributes = {
    ...onnxAttributes(axes),
    output_padding: axes.map(({ unused }) => unused),
    group: depthwise ? inputChannels : 1,
  };
  // tfjs lets a transposed convolution be given more than its output shape can come from; the rest is ignored.
  const needed = outputShapeOf(geometry);
  const gradient = g.slice(
    dy,
    needed.map(() => 0),
    needed,
  );
  return channelsLast(g, g.op('ConvTranspose', [channelsFirst(g, gradient), weights], shape, dy.dtype, attributes));
}

/** The part of the input that each filter position meets, of shape [batch, ...output space, channels]. */
function filterViews(g: GraphBuilder, x: GraphNode, { axes }: Geometry): GraphNode[] {
  const padded = g.pad(x, [0, ...axes.map(({ before }) => before), 0], [0, ...axes.map(({ after }) => after), 0]);
  const spatial = axes.map((_, position) => position + 1);
  const sizes = axes.map(({ output }) => output);
  const steps = axes.map(({ stride }) => stride);
  return positions(axes.map(({ filter }) => filter)).map((position) => {
    const begin = position.map((offset, axis) => offset * axes[axis]!.dilation);
    return g.slice(padded, begin, sizes, spatial, steps);
  });
}

/** Gradient of a depthwise convolution with respect to its filter: each input channel has filters of its own. */
export function depthwiseFilterGradient(g: GraphBuilder, x: GraphNode, dy: GraphNode, geometry: Geometry): GraphNode {
  const { axes, inputChannels, outputChannels } = geometry;
  const multiplier = outputChannels / inputChannels;
  const rows = sizeOf(outputShapeOf(geometry)) / outputChannels;
  const outputs = g.reshape(dy, [rows, inputChannels, multiplier]);
  const products = filterViews(g, x, geometry).map((view) => {
    const product = g.mul(g.reshape(view, [rows, inputChannels, 1]), outputs);
    return g.reduce('ReduceSum', product, [0], true);
  });
  return g.reshape(g.concat(products, 0), [...axes.map(({ filter }) => filter), inputChannels, multiplier]);
}
