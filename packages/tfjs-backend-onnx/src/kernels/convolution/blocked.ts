import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { channelsFirst } from './general.js';
import { type Axis, type Geometry, onnxAttributes, outputShapeOf } from './geometry.js';

/**
 * Convolution in the layout that ONNX Runtime's fastest kernels want: channels in blocks, of 16 where the processor has
 * AVX-512 and of 8 where it has AVX2. Its own optimizer uses them for constant filters only; here filters change.
 */
const DOMAIN = 'com.microsoft.nchwc';

const roundUp = (count: number, block: number): number => Math.ceil(count / block) * block;

/** Is a convolution of these channel counts faster in blocks, though they are filled up to whole ones? */
export function suitsBlocks(g: GraphBuilder, inputChannels: number, outputChannels: number, rank: number): boolean {
  const block = g.blockSize;
  if (block === 0 || rank !== 2) return false;
  const fewInputs = inputChannels < block;
  const filled = (fewInputs ? inputChannels : roundUp(inputChannels, block)) * roundUp(outputChannels, block);
  return filled <= 1.5 * inputChannels * outputChannels;
}

/** [batch, height, width, channels] to blocks. */
export function toBlocks(g: GraphBuilder, x: GraphNode): GraphNode {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  if (channels < g.blockSize) return channelsFirst(g, x);
  const missing = roundUp(channels, g.blockSize) - channels;
  const full = g.pad(x, [0, 0, 0, 0], [0, 0, 0, missing]);
  return g.op(`${DOMAIN}:ReorderInput`, [full], [batch, channels + missing, height, width], 'float32', { channels_last: 1 });
}

/** Blocks to [batch, height, width, channels]; channels that only fill the last block are left out. */
export function fromBlocks(g: GraphBuilder, x: GraphNode, channels: number): GraphNode {
  const [batch, , height, width] = x.shape as [number, number, number, number];
  return g.op(`${DOMAIN}:ReorderOutput`, [x], [batch, height, width, channels], 'float32', { channels, channels_last: 1 });
}

/** The blocks that a node was made from by {@link fromBlocks}, if they are still known. */
export function blocksOf({ operator, inputs }: GraphNode): GraphNode | undefined {
  return operator === `${DOMAIN}:ReorderOutput` ? inputs[0] : undefined;
}

/** The greatest value of each window, in blocks. */
export function poolBlocks(g: GraphBuilder, blocks: GraphNode, axes: readonly Axis[]): GraphNode {
  const shape = [...blocks.shape.slice(0, 2), ...axes.map(({ output }) => output)];
  return g.op(`${DOMAIN}:MaxPool`, [blocks], shape, 'float32', onnxAttributes(axes));
}

/** A filter [height, width, inputs, outputs] in the order that blocked convolution reads it. */
function filterToBlocks(g: GraphBuilder, filter: GraphNode): GraphNode {
  const block = g.blockSize;
  const [height, width, inputs, outputs] = filter.shape as [number, number, number, number];
  const fewInputs = inputs < block;
  const inputCount = fewInputs ? inputs : roundUp(inputs, block);
  const outputCount = roundUp(outputs, block);
  const full = g.pad(filter, [0, 0, 0, 0], [0, 0, inputCount - inputs, outputCount - outputs]);
  const inputBlock = fewInputs ? 1 : block;
  const split = g.reshape(full, [height, width, inputCount / inputBlock, inputBlock, outputCount / block, block]);
  return g.reshape(g.transpose(split, [4, 2, 0, 1, 3, 5]), [outputCount, inputCount, height, width]);
}

/** Convolves blocks; the filter is [height, width, inputs, outputs]. The result is added to `sum`, if there is one. */
export function convolveBlocks(
  g: GraphBuilder,
  blocks: GraphNode,
  filter: GraphNode,
  geometry: Geometry,
  sum?: GraphNode,
): GraphNode {
  const [batch, height, width] = outputShapeOf(geometry) as [number, number, number];
  const outputs = roundUp(geometry.outputChannels, g.blockSize);
  const inputs = [blocks, filterToBlocks(g, filter)];
  // A sum comes after a bias, so it needs one.
  if (sum) inputs.push(g.expand(g.scalar(0), [outputs]), sum);
  return g.op(`${DOMAIN}:Conv`, inputs, [batch, outputs, height, width], 'float32', {
    ...onnxAttributes(geometry.axes),
    group: 1,
  });
}

/** Convolution in blocks of [batch, height, width, channels]. */
export function convolveInBlocks(g: GraphBuilder, x: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode {
  return fromBlocks(g, convolveBlocks(g, toBlocks(g, x), filter, geometry), geometry.outputChannels);
}
