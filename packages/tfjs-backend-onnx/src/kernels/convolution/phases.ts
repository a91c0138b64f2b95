import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { convolveBlocks, fromBlocks, suitsBlocks, toBlocks } from './blocked.js';
import { type Axis, type Geometry, inputShapeOf } from './geometry.js';

/**
 * Strided convolution as convolutions with stride 1, which run faster.
 *
 * Elements of the input that lie a stride apart form a phase. A phase meets every stride-th tap of the filter, and the
 * result is the sum over phases. For the gradient with respect to the input (a transposed convolution, "sub-pixel
 * convolution") it is the result that falls into phases, which are interleaved.
 */
interface Phase {
  /** First filter position of this phase; the others follow a stride apart. */
  firstTap: number;
  /** Filter positions of this phase. */
  taps: number;
  /** Place of the first tap's element, in phase elements, relative to the output element. */
  offset: number;
}

/** The phases of an axis, or nothing if one of them has no tap. */
function phasesOf({ filter, stride, before }: Axis): Phase[] | null {
  const phases = Array.from({ length: stride }, (_, phase) => {
    const firstTap = (phase + before) % stride;
    return { firstTap, taps: Math.ceil((filter - firstTap) / stride), offset: (firstTap - before - phase) / stride };
  });
  return phases.every(({ taps }) => taps > 0) ? phases : null;
}

/** A stride-1 axis that reads `taps` elements from `before` elements ahead of each output on; nothing if it would crop. */
function unitAxis(input: number, output: number, taps: number, before: number): Axis | null {
  const after = output - 1 - before + taps - input;
  if (before < 0 || after < 0) return null;
  return { input, filter: taps, output, stride: 1, dilation: 1, before, after, unused: 0 };
}

/** The taps of a phase of each axis, as a filter. */
function tapsOf(g: GraphBuilder, filter: GraphNode, phases: readonly Phase[], axes: readonly Axis[]): GraphNode {
  return g.slice(
    filter,
    phases.map(({ firstTap }) => firstTap),
    phases.map(({ taps }) => taps),
    [0, 1],
    axes.map(({ stride }) => stride),
  );
}

/** Every pair of a phase of the first and one of the second axis, with their numbers. */
function pairs(phases: ReadonlyArray<readonly Phase[]>): Array<{ numbers: [number, number]; pair: [Phase, Phase] }> {
  const [rows, columns] = phases as [Phase[], Phase[]];
  return rows.flatMap((row, i) =>
    columns.map((column, j) => ({ numbers: [i, j] as [number, number], pair: [row, column] as [Phase, Phase] })),
  );
}

/** Is it a convolution whose axes all fall into phases? */
function phasesOfAxes({ axes }: Geometry): Phase[][] | null {
  if (
    axes.every(({ stride }) => stride === 1) ||
    axes.some(({ dilation, input, stride }) => dilation !== 1 || input % stride !== 0)
  )
    return null;
  const phases = axes.map(phasesOf);
  return phases.every((each) => each !== null) ? (phases as Phase[][]) : null;
}

/** A strided convolution as a sum over the phases of its input, or nothing if its geometry does not suit that. */
export function convolvePhases(g: GraphBuilder, x: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode | null {
  const { inputChannels, outputChannels, axes } = geometry;
  const phases = phasesOfAxes(geometry);
  if (!phases || inputChannels < g.blockSize || !suitsBlocks(g, inputChannels, outputChannels, axes.length)) return null;
  const parts = pairs(phases).map(({ numbers, pair }) => {
    const unit = pair.map(({ taps, offset }, axis) =>
      unitAxis(axes[axis]!.input / axes[axis]!.stride, axes[axis]!.output, taps, -offset),
    );
    return { numbers, pair, unit };
  });
  if (parts.some(({ unit }) => unit.includes(null))) return null;
  const sum = parts.reduce<GraphNode | undefined>((partial, { numbers, pair, unit }) => {
    const blocks = toBlocks(g, phaseOf(g, x, numbers, axes));
    return convolveBlocks(g, blocks, tapsOf(g, filter, pair, axes), { ...geometry, axes: unit as Axis[] }, partial);
  }, undefined);
  return fromBlocks(g, sum!, outputChannels);
}

/** The elements of a phase. They are gathered: that uses all threads, which slicing does not. */
function phaseOf(g: GraphBuilder, x: GraphNode, numbers: readonly [number, number], axes: readonly Axis[]): GraphNode {
  const [rows, columns] = axes as [Axis, Axis];
  const [height, width] = [rows.input / rows.stride, columns.input / columns.stride];
  const spec = [numbers, height, width, rows.stride, columns.stride];
  const places = g.table(`phase,${spec}`, 'int32', [height * width], () =>
    Array.from({ length: height * width }, (_, place) => {
      const row = numbers[0] + Math.floor(place / width) * rows.stride;
      return row * columns.input + numbers[1] + (place % width) * columns.stride;
    }),
  );
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const met = g.gather(g.reshape(x, [batch, rows.input * columns.input, channels]), places, 1);
  return g.reshape(met, [batch, height, width, channels]);
}

/** The input gradient of a strided convolution by phases, or nothing if its geometry does not suit that. */
export function inputGradientByPhases(g: GraphBuilder, dy: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode | null {
  const { batch, inputChannels, outputChannels, axes } = geometry;
  const phases = axes.every(({ stride, dilation }) => stride === 1 && dilation === 1)
    ? axes.map(phasesOf)
    : phasesOfAxes(geometry);
  if (!phases?.every((each) => each !== null) || !suitsBlocks(g, outputChannels, inputChannels, axes.length)) return null;
  const parts = pairs(phases as Phase[][]).map(({ pair }) => {
    // Phase element q meets output elements q - offset - tap.
    const unit = pair.map(({ taps, offset }, axis) =>
      unitAxis(axes[axis]!.output, axes[axis]!.input / axes[axis]!.stride, taps, offset + taps - 1),
    );
    return { pair, unit };
  });
  if (parts.some(({ unit }) => unit.includes(null))) return null;
  const blocks = toBlocks(g, dy);
  // Turned about once for all phases: inputs and outputs change places, and taps are met in reverse order.
  const turned = g.transpose(filter, [0, 1, 3, 2]);
  const results = parts.map(({ pair, unit }) => {
    const taps = reversed(g, tapsOf(g, turned, pair, axes));
    const part = { batch, inputChannels: outputChannels, outputChannels: inputChannels, axes: unit as Axis[] };
    return fromBlocks(g, convolveBlocks(g, blocks, taps, part), inputChannels);
  });
  return interleave(g, results, axes[1]!.stride, inputShapeOf(geometry));
}

function reversed(g: GraphBuilder, filter: GraphNode): GraphNode {
  const [height, width] = filter.shape as [number, number];
  return g.slice(filter, [height - 1, width - 1], [height, width], [0, 1], [-1, -1]);
}

/** Interleaves [batch, height / stride, width / stride, channels] of each phase, columns first, to the whole. */
function interleave(g: GraphBuilder, phases: readonly GraphNode[], columns: number, shape: readonly number[]): GraphNode {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const [, partHeight, partWidth] = phases[0]!.shape as [number, number, number];
  const rows = Array.from({ length: phases.length / columns }, (_, row) => {
    const parts = phases
      .slice(row * columns, (row + 1) * columns)
      .map((part) => g.reshape(part, [batch, partHeight, partWidth, 1, channels]));
    return g.reshape(g.concat(parts, 3), [batch, partHeight, 1, width, channels]);
  });
  return g.reshape(g.concat(rows, 2), [batch, height, width, channels]);
}
