import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { convolveBlocks, fromBlocks, suitsBlocks, toBlocks } from './blocked.js';
import { type Axis, type Geometry, inputShapeOf } from './geometry.js';

/**
 * The gradient of a strided convolution with respect to its input, which is a transposed convolution, as ordinary
 * convolutions: elements of the result that lie a stride apart meet the same taps of the filter, so each of these phases
 * is a convolution with stride 1, and the results are interleaved.
 */
interface Phase {
  /** Filter positions in the order in which they meet the elements of `dy`. */
  taps: number[];
  /** This phase as a convolution of `dy`. */
  axis: Axis;
}

/** The phases of an axis, or nothing if it does not divide into convolutions. */
function phasesOf({ input, filter, output, stride, dilation, before }: Axis): Phase[] | null {
  if (dilation !== 1 || input % stride !== 0) return null;
  const length = input / stride;
  const phases = Array.from({ length: stride }, (_, phase): Phase => {
    const last = filter - 1;
    const highest = last - ((((last - phase - before) % stride) + stride) % stride);
    const taps: number[] = [];
    for (let tap = highest; tap >= 0; tap -= stride) taps.push(tap);
    // Tap k of the filter meets element q + (phase + before - k) / stride of dy.
    const first = (phase + before - highest) / stride;
    const after = length - 1 + first + taps.length - output;
    return {
      taps,
      axis: { input: output, filter: taps.length, output: length, stride: 1, dilation: 1, before: -first, after, unused: 0 },
    };
  });
  return phases.every(({ taps, axis }) => taps.length > 0 && axis.before >= 0 && axis.after >= 0) ? phases : null;
}

/** The taps of a phase of each axis, as a filter [height, width, outputs, inputs]. */
function tapsOf(g: GraphBuilder, filter: GraphNode, phases: readonly Phase[], steps: readonly number[]): GraphNode {
  const begin = phases.map(({ taps }) => taps[0]!);
  const size = phases.map(({ taps }) => taps.length);
  const part = g.slice(
    filter,
    begin,
    size,
    [0, 1],
    steps.map((step) => -step),
  );
  return g.transpose(part, [0, 1, 3, 2]);
}

/** Interleaves [batch, height / stride, width / stride, channels] of each phase to the whole. */
function interleave(g: GraphBuilder, phases: ReadonlyArray<readonly GraphNode[]>, shape: readonly number[]): GraphNode {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const rows = phases.map((row) => {
    const [, partHeight, partWidth] = row[0]!.shape as [number, number, number];
    const columns = row.map((part) => g.reshape(part, [batch, partHeight, partWidth, 1, channels]));
    return g.reshape(g.concat(columns, 3), [batch, partHeight, 1, width, channels]);
  });
  return g.reshape(g.concat(rows, 2), [batch, height, width, channels]);
}

/** The input gradient by phases, or nothing if this geometry does not suit it. */
export function inputGradientByPhases(g: GraphBuilder, dy: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode | null {
  const { batch, axes, inputChannels, outputChannels } = geometry;
  if (!suitsBlocks(g, outputChannels, inputChannels, axes.length)) return null;
  const phases = axes.map(phasesOf);
  const [rows, columns] = phases;
  if (!rows || !columns) return null;
  const steps = axes.map(({ stride }) => stride);
  const blocks = toBlocks(g, dy);
  const results = rows.map((row) =>
    columns.map((column) => {
      const part = { batch, inputChannels: outputChannels, outputChannels: inputChannels, axes: [row.axis, column.axis] };
      return fromBlocks(g, convolveBlocks(g, blocks, tapsOf(g, filter, [row, column], steps), part), inputChannels);
    }),
  );
  return interleave(g, results, inputShapeOf(geometry));
}
