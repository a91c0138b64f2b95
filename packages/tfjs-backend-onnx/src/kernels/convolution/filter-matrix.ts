import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { bytesPerElement, sizeOf } from '../../graph/types.js';
import { type Axis, type Geometry, inputShapeOf, outputShapeOf } from './geometry.js';

/**
 * The input of a convolution as product of matrices, ready to be gathered from. One of the matrices, the filter matrix, has a row
 * for each output element, and in it what the filter's positions meet there, in order.
 *
 * Along the last axis input and filter are cut into units, as long as filter and stride allow, so that only long runs are copied;
 * with few channels, as long as the stride, and the filter is filled up.
 */
interface CutInput {
  /** [batch, units, elements of a unit] */
  units: GraphNode;
  /** Axes of the convolution, the last one counted in units. */
  axes: readonly Axis[];
  /** Extents of the padded input, the last one counted in units. */
  extents: readonly number[];
  /** Filter positions along the last axis: those of the filter, and zeros to fill up whole units. */
  width: number;
}

/** Runs of fewer elements than this are slow to copy. */
const SHORT_RUN = 32;

function cutInput(g: GraphBuilder, x: GraphNode, { batch, axes, inputChannels }: Geometry): CutInput {
  const last = axes.at(-1)!;
  const common = greatestCommonDivisor(last.filter, last.stride);
  const unit = common * inputChannels < SHORT_RUN ? last.stride : common;
  const inUnits = { ...last, stride: last.stride / unit, dilation: 1, filter: Math.ceil(last.filter / unit) };
  const length = (last.output - 1) * inUnits.stride + inUnits.filter;
  const after = length * unit - last.input - last.before;
  const leading = axes.slice(0, -1);
  const padded = g.pad(x, [0, ...axes.map(({ before }) => before), 0], [0, ...leading.map(({ after: each }) => each), after, 0]);
  const extents = [...padded.shape.slice(1, -2), length];
  const units = g.reshape(padded, [batch, sizeOf(extents), unit * inputChannels]);
  return { units, axes: [...leading, inUnits], extents, width: inUnits.filter * unit };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** How many units a filter covers. */
const tapsOf = ({ axes }: CutInput): number => sizeOf(axes.map(({ filter }) => filter));

/** Columns of the filter matrix: those of `count` of the filter's units. One gather copies them, since that uses all threads. */
function filterMatrix(g: GraphBuilder, input: CutInput, first = 0, count = tapsOf(input)): GraphNode {
  const [batch, , run] = input.units.shape as [number, number, number];
  const met = g.gather(input.units, unitIndices(g, input, first, count), 1);
  return g.reshape(met, [batch * sizeOf(input.axes.map(({ output }) => output)), count * run]);
}

/** Where, in a padded input written in a row, each output element meets each of the units of the filter. */
function unitIndices(g: GraphBuilder, { axes, extents }: CutInput, first: number, count: number): GraphNode {
  const spec = axes.map(({ output, filter, stride, dilation }) => [output, filter, stride, dilation]);
  const places = sizeOf(axes.map(({ output }) => output));
  return g.table(`units,${spec.join(';')};${extents};${first},${count}`, 'int32', [places * count], () => {
    const place = (position: readonly number[], steps: readonly number[]) =>
      position.reduce((index, each, axis) => index * extents[axis]! + each * steps[axis]!, 0);
    const dilations = axes.map(({ dilation }) => dilation);
    const strides = axes.map(({ stride }) => stride);
    const taps = positions(axes.map(({ filter }) => filter)).slice(first, first + count);
    const offsets = taps.map((position) => place(position, dilations));
    const origins = positions(axes.map(({ output }) => output)).map((position) => place(position, strides));
    return origins.flatMap((origin) => offsets.map((offset) => origin + offset));
  });
}

/** All positions in a box of these extents, in order. */
export function positions(extents: readonly number[]): number[][] {
  return extents.reduce<number[][]>(
    (prefixes, extent) => prefixes.flatMap((prefix) => Array.from({ length: extent }, (_, offset) => [...prefix, offset])),
    [[]],
  );
}

/** A part of the filter matrix takes at most so many bytes, unless one sample's takes more. */
const PART_BYTES = 16 * 2 ** 20;

/** With fewer output channels than this, most of what a product with so few columns calculates is for nothing. */
const FEW_CHANNELS = 16;

/**
 * Gradient of a convolution with respect to its filter: what each filter position met, times what came of it.
 *
 * It is formed for some of the filter's units at a time, as many as make a product that the runtime is quick at: its matrices are
 * then small enough for the processor's cache, and its rows are in the filter's own order. Where that takes much memory, the batch is cut too.
 */
export function filterGradient(g: GraphBuilder, x: GraphNode, dy: GraphNode, geometry: Geometry): GraphNode {
  const { batch, axes, inputChannels, outputChannels } = geometry;
  const rows = sizeOf(outputShapeOf(geometry)) / outputChannels;
  const columns = Math.min(outputChannels > 128 ? 512 : 256, inputChannels * sizeOf(axes.map(({ filter }) => filter)));
  const pieces = piecesOf(batch, rows * columns * bytesPerElement('float32'));
  const [samples, pieceRows] = [batch / pieces, rows / pieces];
  const outputs = g.reshape(dy, [rows, outputChannels]);
  const parts = Array.from({ length: pieces }, (_, piece) => ({
    met: cutInput(g, g.slice(x, [piece * samples], [samples], [0]), { ...geometry, batch: samples }),
    outputs: g.slice(outputs, [piece * pieceRows], [pieceRows], [0]),
  }));
  const { met } = parts[0]!;
  const groups = inGroups(tapsOf(met), Math.max(1, Math.floor(columns / met.units.shape[2]!)));
  const products = groups.map(({ first, count }) =>
    parts.reduce<GraphNode | undefined>(
      (sum, part) => turnedProduct(g, filterMatrix(g, part.met, first, count), part.outputs, sum),
      undefined,
    ),
  );
  const filter = axes.map((axis) => axis.filter);
  const gradient = g.concat(products as GraphNode[], 0);
  const whole = g.reshape(gradient, [...filter.slice(0, -1), met.width, inputChannels, outputChannels]);
  return g.slice(whole, [0], [filter.at(-1)!], [filter.length - 1]);
}

/** The least number of equal pieces of the batch in which something of `bytes` takes no more than it should. */
function piecesOf(batch: number, bytes: number): number {
  let pieces = 1;
  while (pieces < batch && (batch % pieces !== 0 || bytes / pieces > PART_BYTES)) pieces++;
  return pieces;
}

/** `count` things in groups of at most `most`, about equally large. */
function inGroups(count: number, most: number): Array<{ first: number; count: number }> {
  const groups = Math.ceil(count / most);
  const begin = (group: number) => Math.round((group * count) / groups);
  return Array.from({ length: groups }, (_, group) => ({ first: begin(group), count: begin(group + 1) - begin(group) }));
}

/** The transpose of `a`, times `b`, and added to `sum` if there is one. */
function turnedProduct(g: GraphBuilder, a: GraphNode, b: GraphNode, sum?: GraphNode): GraphNode {
  if (b.shape[1]! < FEW_CHANNELS) {
    const product = g.transpose(g.matMul(b, a, true), [1, 0]);
    return sum ? g.add(sum, product) : product;
  }
  return sum ? g.op('Gemm', [a, b, sum], sum.shape, a.dtype, { transA: 1 }) : g.matMul(a, b, true);
}

/** Is a filter so much larger than what it meets that laying it out in another order is what takes the time? */
function isFilterLarge({ batch, axes, outputChannels }: Geometry): boolean {
  return batch * sizeOf(axes.map(({ output }) => output)) <= outputChannels;
}

/** A convolution with a large filter, which is used as it lies; nothing where that is not the quicker way. */
export function convolveByMatrix(g: GraphBuilder, x: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode | null {
  if (!isFilterLarge(geometry)) return null;
  const { outputChannels, axes } = geometry;
  const input = cutInput(g, x, geometry);
  if (input.width !== axes.at(-1)!.filter) return null;
  const weights = g.reshape(filter, [sizeOf(filter.shape) / outputChannels, outputChannels]);
  return g.reshape(g.matMul(filterMatrix(g, input), weights), outputShapeOf(geometry));
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
