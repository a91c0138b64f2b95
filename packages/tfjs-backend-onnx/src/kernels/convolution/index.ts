import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { type RecordedKernel, recorded } from '../definition.js';
import { finish } from '../matmul.js';
import { convolveInBlocks, suitsBlocks } from './blocked.js';
import { convolveByMatrix, filterGradient, inputGradientByMatrix } from './filter-matrix.js';
import { channelsFirst, channelsLast, convolve, depthwiseFilterGradient, inputGradient } from './general.js';
import { type Attributes2d, type Attributes3d, type Geometry, geometry2d, geometry3d, outputShapeOf } from './geometry.js';
import { convolvePhases, inputGradientByPhases } from './phases.js';

// biome-ignore lint/suspicious/noExplicitAny: attributes as tfjs passes them
type KernelAttributes = Record<string, any>;

const isChannelsFirst = ({ dataFormat }: KernelAttributes): boolean => dataFormat === 'NCHW';

const toLast = (g: GraphBuilder, x: GraphNode, attrs: KernelAttributes): GraphNode =>
  isChannelsFirst(attrs) ? channelsLast(g, x) : x;

const fromLast = (g: GraphBuilder, x: GraphNode, attrs: KernelAttributes): GraphNode =>
  isChannelsFirst(attrs) ? channelsFirst(g, x) : x;

/** The formula is chosen by shape alone, so that a training can be repeated to the bit. */
function convolution2d(g: GraphBuilder, x: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode {
  const { inputChannels, outputChannels } = geometry;
  if (!suitsBlocks(g, inputChannels, outputChannels, 2)) return convolve(g, x, filter, geometry);
  return (
    convolveByMatrix(g, x, filter, geometry) ?? convolvePhases(g, x, filter, geometry) ?? convolveInBlocks(g, x, filter, geometry)
  );
}

function inputGradient2d(g: GraphBuilder, dy: GraphNode, filter: GraphNode, geometry: Geometry): GraphNode {
  // TensorFlow.js lets transposed convolutions ask for sizes that no convolution would have made this of; only the general formula takes those.
  const isConsistent = outputShapeOf(geometry).every((extent, axis) => extent === dy.shape[axis]);
  if (g.isPortable || !isConsistent) return inputGradient(g, dy, filter, geometry);
  return (
    inputGradientByMatrix(g, dy, filter, geometry) ??
    inputGradientByPhases(g, dy, filter, geometry) ??
    inputGradient(g, dy, filter, geometry)
  );
}

function conv2d(g: GraphBuilder, x: GraphNode, filter: GraphNode, attrs: KernelAttributes): GraphNode {
  const geometry = geometry2d(x.shape, filter.shape, attrs as Attributes2d);
  return fromLast(g, convolution2d(g, toLast(g, x, attrs), filter, geometry), attrs);
}

/** A fused kernel's vector of values for each channel, so that it broadcasts against channels-first pictures. */
function forChannels(g: GraphBuilder, vector: GraphNode | undefined, attrs: KernelAttributes): GraphNode | undefined {
  return vector?.shape.length === 1 && isChannelsFirst(attrs) ? g.reshape(vector, [vector.shape[0]!, 1, 1]) : vector;
}

/** Kernels that convolve, and their gradients. */
export const convolution: readonly RecordedKernel[] = [
  recorded('Conv2D', (g, { x, filter }, attrs) => conv2d(g, x!, filter!, attrs)),
  recorded('FusedConv2D', (g, { x, filter, bias, preluActivationWeights }, attrs) =>
    finish(g, conv2d(g, x!, filter!, attrs), {
      bias: forChannels(g, bias, attrs),
      activation: attrs.activation,
      preluActivationWeights: forChannels(g, preluActivationWeights, attrs),
      leakyreluAlpha: attrs.leakyreluAlpha,
    }),
  ),
  recorded('Conv2DBackpropInput', (g, { dy, filter }, attrs) => {
    const geometry = geometry2d(attrs.inputShape, filter!.shape, attrs as Attributes2d);
    return fromLast(g, inputGradient2d(g, toLast(g, dy!, attrs), filter!, geometry), attrs);
  }),
  recorded('Conv2DBackpropFilter', (g, { x, dy }, attrs) => {
    const geometry = geometry2d(x!.shape, attrs.filterShape, attrs as Attributes2d);
    return filterGradient(g, toLast(g, x!, attrs), toLast(g, dy!, attrs), geometry);
  }),
  recorded('DepthwiseConv2dNative', (g, { x, filter }, attrs) =>
    convolve(g, x!, filter!, geometry2d(x!.shape, filter!.shape, attrs as Attributes2d, true), true),
  ),
  recorded('FusedDepthwiseConv2D', (g, { x, filter, ...epilogue }, attrs) => {
    const result = convolve(g, x!, filter!, geometry2d(x!.shape, filter!.shape, attrs as Attributes2d, true), true);
    return finish(g, result, { ...epilogue, ...attrs });
  }),
  recorded('DepthwiseConv2dNativeBackpropInput', (g, { dy, filter }, attrs) =>
    inputGradient(g, dy!, filter!, geometry2d(attrs.inputShape, filter!.shape, attrs as Attributes2d, true), true),
  ),
  recorded('DepthwiseConv2dNativeBackpropFilter', (g, { x, dy }, attrs) =>
    depthwiseFilterGradient(g, x!, dy!, geometry2d(x!.shape, attrs.filterShape, attrs as Attributes2d, true)),
  ),
  recorded('Conv3D', (g, { x, filter }, attrs) =>
    convolve(g, x!, filter!, geometry3d(x!.shape, filter!.shape, attrs as Attributes3d)),
  ),
  recorded('Conv3DBackpropInputV2', (g, { dy, filter }, attrs) =>
    inputGradient(g, dy!, filter!, geometry3d(attrs.inputShape, filter!.shape, attrs as Attributes3d)),
  ),
  recorded('Conv3DBackpropFilterV2', (g, { x, dy }, attrs) =>
    filterGradient(g, x!, dy!, geometry3d(x!.shape, attrs.filterShape, attrs as Attributes3d)),
  ),
];
