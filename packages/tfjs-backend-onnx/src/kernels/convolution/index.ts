import type { GraphBuilder } from '../../graph/builder.js';
import type { GraphNode } from '../../graph/node.js';
import { type RecordedKernel, recorded } from '../definition.js';
import { finish } from '../matmul.js';
import { channelsFirst, channelsLast, convolve, depthwiseFilterGradient, filterGradient, inputGradient } from './general.js';
import { type Attributes2d, type Attributes3d, geometry2d, geometry3d } from './geometry.js';

const lastAxisOrder = (shape: readonly number[]): number[] => [shape[0]!, shape[2]!, shape[3]!, shape[1]!];

/** Runs a kernel that is written for channels-last tensors on tensors of either order. */
function inOrder(g: GraphBuilder, dataFormat: string | undefined, x: GraphNode, compute: (x: GraphNode) => GraphNode): GraphNode {
  return dataFormat === 'NCHW' ? channelsFirst(g, compute(channelsLast(g, x))) : compute(x);
}

/** Kernels that convolve, and their gradients. */
export const convolution: readonly RecordedKernel[] = [
  recorded('Conv2D', (g, { x, filter }, attrs) =>
    inOrder(g, attrs.dataFormat, x!, (input) =>
      convolve(g, input, filter!, geometry2d(input.shape, filter!.shape, attrs as Attributes2d)),
    ),
  ),
  recorded('FusedConv2D', (g, { x, filter, ...epilogue }, attrs) =>
    inOrder(g, attrs.dataFormat, x!, (input) => {
      const result = convolve(g, input, filter!, geometry2d(input.shape, filter!.shape, attrs as Attributes2d));
      return finish(g, result, { ...epilogue, ...attrs });
    }),
  ),
  recorded('Conv2DBackpropInput', (g, { dy, filter }, attrs) =>
    inOrder(g, attrs.dataFormat, dy!, (gradient) => {
      const inputShape = attrs.dataFormat === 'NCHW' ? lastAxisOrder(attrs.inputShape) : attrs.inputShape;
      return inputGradient(g, gradient, filter!, geometry2d(inputShape, filter!.shape, attrs as Attributes2d));
    }),
  ),
  recorded('Conv2DBackpropFilter', (g, { x, dy }, attrs) => {
    const [input, gradient] = attrs.dataFormat === 'NCHW' ? [channelsLast(g, x!), channelsLast(g, dy!)] : [x!, dy!];
    return filterGradient(g, input, gradient, geometry2d(input.shape, attrs.filterShape, attrs as Attributes2d));
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
