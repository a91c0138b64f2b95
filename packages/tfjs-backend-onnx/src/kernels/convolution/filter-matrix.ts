import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { bytesPerElement, sizeOf } from '../../graph/types.js';
import { type Axis, type Geometry, inputShapeOf, outputShapeOf } from './geometry.js';

/**
 * Convolution as a product of matrices. One of them, the filter matrix, has a row for each output element, and in it what
 * the filter's positions meet there, in order.
 */
interface FilterMatrix {
  matrix: GraphNode;
  /** Filter positions along the last axis: those of the filter, and zeros to fill up whole units. */
  width: number;
}

/** Runs of fewer elements than this are slow to copy. */
const SHORT_RUN = 32;

/**
 * The filter matrix. Along the last axis the input is cut into units, as long as filter and stride allow, so that only
 * long runs are copied; with few channels, as long as the stride, and the filter is filled up. One gather copies all of
 * them: it uses all threads, which slicing and joining do not.
 */
function filterMatrix(g: GraphBuilder, x: GraphNode, { batch, axes, inputChannels }: Geometry): FilterMatrix {
  const last = axes.at(-1)!;
  const common = greatestCommonDivisor(last.filter, last.stride);
  const unit = common * inputChannels < SHORT_RUN ? last.stride : common;
  const inUnits = {
    ...last,
    stride: last.stride / unit,
    dilation: 1,
    filter: Math.ceil(last.filter / unit),
  };
  const length = (last.output - 1) * inUnits.stride + inUnits.filter;
  const after = length * unit - last.input - last.before;
  const leading = axes.slice(0, -1);
  const padded = g.pad(x, [0, ...axes.map(({ before }) => before), 0], [0, ...leading.map(({ after: each }) => each), after, 0]);
  const extents = [...padded.shape.slice(1, -2), length];
  const run = unit * inputChannels;
  const indices = unitIndices(g, [...leading, inUnits], extents);
  const met = g.gather(g.reshape(padded, [batch, sizeOf(extents), run]), indices, 1);
  const rows = batch * sizeOf(axes.map(({ output }) => output));
  return { matrix: g.reshape(met, [rows, (sizeOf(indices.shape) * batch * run) / rows]), width: inUnits.filter * unit };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Where, in a picture of `extents` written in a row, each output element meets each filter position. */
function unitIndices(g: GraphBuilder, axes: readonly Axis[], extents: readonly number[]): GraphNode {
  const spec = axes.map(({ output, filter, stride, dilation }) => [output, filter, stride, dilation]);
  const count = sizeOf(axes.map(({ output, filter }) => output * filter));
  return g.table(`units,${spec.join(';')};${extents}`, 'int32', [count], () => {
    const place = (position: readonly number[], steps: readonly number[]) =>
      position.reduce((index, each, axis) => index * extents[axis]! + each * steps[axis]!, 0);
    const dilations = axes.map(({ dilation }) => dilation);
    const strides = axes.map(({ stride }) => stride);
    const taps = positions(axes.map(({ filter }) => filter)).map((position) => place(position, dilations));
    const origins = positions(axes.map(({ output }) => output)).map((position) => place(position, strides));
    return origins.flatMap((origin) => taps.map((tap) => origin + tap));
  });
}

/** All positions in a box of these extents, in order. */
export function positions(extents: readonly number[]): number[][] {
  return extents.reduce<number[][]>(
    (prefixes, extent) => prefixes.flatMap((prefix) => Array.from({ length: extent }, (_, offset) => [...prefix, offset])),
    [[]],
  );
}

/** A filter matrix is made in pieces of about this many bytes, which stay in the processor's cache until they are multiplied. */
const PIECE_BYTES = 2 * 2 ** 20;

/** In how many pieces of the batch to make the filter matrix. Adding up products must cost little beside making them. */
function piecesOf({ batch, axes, inputChannels, outputChannels }: Geometry): number {
  const columns = sizeOf(axes.map(({ filter }) => filter)) * inputChannels;
  const rows = batch * sizeOf(axes.map(({ output }) => output));
  const bytes = rows * columns * bytesPerElement('float32');
  const least = Math.max(PIECE_BYTES, 2 * outputChannels * columns * bytesPerElement('float32'));
  let pieces = 1;
  for (let count = 2; count <= batch && bytes / count >= least; count++) if (batch % count === 0) pieces = count;
  return pieces;
}

/** From this number of output channels on, a product with the transposed output gradient takes longer than to transpose it all first. */
const MANY_CHANNELS = 128;

/**
 * Gradient of a convolution with respect to its filter: what each filter position met, times what came of it.
 *
 * The product is formed the other way round and turned about at the end, because turning the small tensors is quicker
 * than a product with a transposed large one.
 */
export function filterGradient(g: GraphBuilder, x: GraphNode, dy: GraphNode, geometry: Geometry): GraphNode {
  const { batch, axes, inputChannels, outputChannels } = geometry;
  const rows = sizeOf(outputShapeOf(geometry)) / outputChannels;
  const isTurned = outputChannels >= MANY_CHANNELS;
  const asGiven = g.reshape(dy, [rows, outputChannels]);
  const outputs = isTurned ? g.transpose(asGiven, [1, 0]) : asGiven;
  const pieces = piecesOf(geometry);
  const [samples, pieceRows] = [batch / pieces, rows / pieces];
  const pieceOf = (piece: number) => {
    const { matrix, width } = filterMatrix(g, g.slice(x, [piece * samples], [samples], [0]), { ...geometry, batch: samples });
    return { matrix, width, part: g.slice(outputs, [piece * pieceRows], [pieceRows], [isTurned ? 1 : 0]) };
  };
  const first = pieceOf(0);
  let sum = g.matMul(first.part, first.matrix, !isTurned);
  for (let piece = 1; piece < pieces; piece++) {
    const { matrix, part } = pieceOf(piece);
    sum = g.op('Gemm', [part, matrix, sum], sum.shape, dy.dtype, isTurned ? {} : { transA: 1 });
  }
  const filter = axes.map((axis) => axis.filter);
  const gradient = g.reshape(g.transpose(sum, [1, 0]), [...filter.slice(0, -1), first.width, inputChannels, outputChannels]);
  return g.slice(gradient, [0], [filter.at(-1)!], [filter.length - 1]);
}

/** Is a filter so much larger than what it meets that laying it out in another order is what takes the time? */
function isFilterLarge({ batch, axes, outputChannels }: Geometry): boolean {
  return batch * sizeOf(axes.map(({ output }) => output)) <= outputChannels;
}

/** A convolution with a large filter, which is used as it lies; nothing where that is not the quicker way. */
export function convolveByMatrix(g: GraphBuilder, x: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode | null {
  if (!isFilterLarge(geometry)) return null;
  const { outputChannels, axes } = geometry;
  const { matrix, width } = filterMatrix(g, x, geometry);
  if (width !== axes.at(-1)!.filter) return null;
  const weights = g.reshape(filter, [sizeOf(filter.shape) / outputChannels, outputChannels]);
  return g.reshape(g.matMul(matrix, weights), outputShapeOf(geometry));
}

/**
 * The input gradient of a convolution with a large filter along the last axis only, which is used as it lies; nothing where
 * that is not the quicker way.
 *
 * The product tells what each output element gives to each filter position. Positions are counted in cells of a stride's
 * length. Rows of a cell number each are set off by one more element from row to row, simply by cutting the elements into
 * rows of a smaller length; then what belongs to the same cell of the input is in one column.
 */
export function inputGradientByMatrix(g: GraphBuilder, dy: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode | null {
  const { batch, axes, inputChannels, outputChannels } = geometry;
  const { input, output, stride, before, dilation, filter: taps } = axes.at(-1)!;
  const leading = axes.slice(0, -1);
  const isAlongLast = leading.every((axis) => axis.filter === 1 && axis.input === axis.output);
  const ahead = Math.ceil(before / stride);
  const cells = Math.ceil((ahead * stride - before + taps) / stride);
  const columns = output + cells - 1;
  const fits = input % stride === 0 && ahead + input / stride <= columns && dilation === 1;
  if (!isFilterLarge(geometry) || !isAlongLast || !fits) return null;

  const lines = batch * sizeOf(leading.map((axis) => axis.output));
  const weights = g.reshape(filter, [taps * inputChannels, outputChannels]);
  const product = g.matMul(g.reshape(dy, [lines * output, outputChannels]), weights, false, true);
  const first = ahead * stride - before;
  const filled = g.pad(
    g.reshape(product, [lines, output, taps, inputChannels]),
    [0, 0, first, 0],
    [0, 0, cells * stride - taps - first, 0],
  );
  const run = stride * inputChannels;
  const byCell = g.transpose(g.reshape(filled, [lines, output, cells, run]), [0, 2, 1, 3]);
  const apart = g.reshape(g.pad(byCell, [0, 0, 0, 0], [0, 0, cells, 0]), [lines, cells * (columns + 1), run]);
  const setOff = g.reshape(g.slice(apart, [0], [cells * columns], [1]), [lines, cells, columns, run]);
  const sum = g.reduce('ReduceSum', setOff, [1]);
  return g.reshape(g.slice(sum, [ahead], [input / stride], [1]), inputShapeOf(geometry));
}
