import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { sizeOf } from '../../graph/types.js';
import { type Axis, type Geometry, onnxAttributes, outputShapeOf } from './geometry.js';

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

/** Convolution by ONNX's operator. */
export function convolve(g: GraphBuilder, x: GraphNode, filter: GraphNode, geometry: Geometry, depthwise = false): GraphNode {
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

/** All positions in a box of these extents, in order. */
function positions(extents: readonly number[]): number[][] {
  return extents.reduce<number[][]>(
    (prefixes, extent) => prefixes.flatMap((prefix) => Array.from({ length: extent }, (_, offset) => [...prefix, offset])),
    [[]],
  );
}

/**
 * What all filter positions meet, as a matrix: a row for each output element, and in it the filter positions in order.
 *
 * Along the last axis the input is cut into cells of a stride's length. What a filter meets there begins with a cell and
 * is a few whole cells long, so that only long runs are copied. The filter is taken as whole cells; `width` tells the
 * positions along the last axis that result. One gather copies all cells: it uses all threads, which slicing and joining
 * do not.
 */
function filterMatrix(g: GraphBuilder, x: GraphNode, geometry: Geometry): { matrix: GraphNode; width: number } {
  const { batch, axes, inputChannels } = geometry;
  const last = axes.at(-1)!;
  const cells = Math.ceil(last.filter / last.stride);
  const length = last.output + cells - 1;
  const after = length * last.stride - last.input - last.before;
  const leading = axes.slice(0, -1);
  const padded = g.pad(x, [0, ...axes.map(({ before }) => before), 0], [0, ...leading.map(({ after: each }) => each), after, 0]);
  const extents = [...padded.shape.slice(1, -2), length];
  const run = last.stride * inputChannels;
  const indices = cellIndices(g, [...leading, { ...last, stride: 1, dilation: 1, filter: cells }], extents);
  const met = g.gather(g.reshape(padded, [batch, sizeOf(extents), run]), indices, 1);
  const rows = batch * sizeOf(axes.map(({ output }) => output));
  const columns = sizeOf(leading.map(({ filter }) => filter)) * cells * run;
  return { matrix: g.reshape(met, [rows, columns]), width: cells * last.stride };
}

/** Where, in a picture of `extents` written in a row, each output element meets each filter position. */
function cellIndices(g: GraphBuilder, axes: readonly Axis[], extents: readonly number[]): GraphNode {
  const spec = axes.map(({ output, filter, stride, dilation }) => [output, filter, stride, dilation]);
  const count = sizeOf(axes.map(({ output, filter }) => output * filter));
  return g.table(`cells,${spec.join(';')};${extents}`, 'int32', [count], () => {
    const place = (position: readonly number[], steps: readonly number[]) =>
      position.reduce((index, each, axis) => index * extents[axis]! + each * steps[axis]!, 0);
    const dilations = axes.map(({ dilation }) => dilation);
    const strides = axes.map(({ stride }) => stride);
    const taps = positions(axes.map(({ filter }) => filter)).map((position) => place(position, dilations));
    const origins = positions(axes.map(({ output }) => output)).map((position) => place(position, strides));
    return origins.flatMap((origin) => taps.map((tap) => origin + tap));
  });
}

/**
 * Gradient of a convolution with respect to its filter: what each filter position met, times what came of it.
 *
 * The product is formed the other way round and turned about at the end, because turning the small tensors is quicker
 * than a product with a transposed large one.
 */
export function filterGradient(g: GraphBuilder, x: GraphNode, dy: GraphNode, geometry: Geometry): GraphNode {
  const { axes, inputChannels, outputChannels } = geometry;
  const outputs = g.transpose(g.reshape(dy, [sizeOf(outputShapeOf(geometry)) / outputChannels, outputChannels]), [1, 0]);
  const { matrix, width } = filterMatrix(g, x, geometry);
  const product = g.transpose(g.matMul(outputs, matrix), [1, 0]);
  const filter = axes.map((axis) => axis.filter);
  const gradient = g.reshape(product, [...filter.slice(0, -1), width, inputChannels, outputChannels]);
  return g.slice(gradient, [0], [filter.at(-1)!], [filter.length - 1]);
}

/** The same for a depthwise convolution, where each input channel has filters of its own. */
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
