import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { type RecordedKernel, recorded } from './definition.js';

interface Sampling {
  method: 'bilinear' | 'nearest';
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/** The weights with which outputs along an axis are made of inputs, [output, input] row by row. */
function weights(input: number, output: number, { method, alignCorners, halfPixelCenters }: Sampling): Float32Array {
  const aligned = alignCorners && output > 1;
  const scale = aligned ? (input - 1) / (output - 1) : input / output;
  const matrix = new Float32Array(output * input);
  for (let row = 0; row < output; row++) {
    const centre = halfPixelCenters ? scale * (row + 0.5) : scale * row;
    if (method === 'nearest') {
      const nearest = Math.min(input - 1, alignCorners ? Math.round(centre) : Math.floor(centre));
      matrix[row * input + Math.max(0, nearest)]! += 1;
    } else {
      const position = halfPixelCenters ? centre - 0.5 : centre;
      const below = Math.max(0, Math.floor(position));
      const above = Math.min(input - 1, Math.ceil(position));
      const fraction = position - below;
      matrix[row * input + below]! += 1 - fraction;
      matrix[row * input + above]! += fraction;
    }
  }
  return matrix;
}

function weightTable(g: GraphBuilder, input: number, output: number, sampling: Sampling): GraphNode {
  const name = `resize:${Object.values(sampling)}:${input}:${output}`;
  return g.table(name, 'float32', [output, input], () => weights(input, output, sampling));
}

/** Resizes [batch, height, width, channels], an axis at a time, each by one matrix product. */
function resizeImages(
  g: GraphBuilder,
  images: GraphNode,
  [newHeight, newWidth]: readonly number[],
  sampling: Sampling,
): GraphNode {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const rows = g.matMul(weightTable(g, height, newHeight!, sampling), g.reshape(images, [batch, height, width * channels]));
  const resized = g.matMul(weightTable(g, width, newWidth!, sampling), g.reshape(rows, [batch * newHeight!, width, channels]));
  return g.reshape(resized, [batch, newHeight!, newWidth!, channels]);
}

/** The same with the matrices transposed. */
function resizeGradient(g: GraphBuilder, dy: GraphNode, images: GraphNode, sampling: Sampling): GraphNode {
  const [batch, newHeight, newWidth, channels] = dy.shape as [number, number, number, number];
  const [, height, width] = images.shape as [number, number, number, number];
  const transposed = (input: number, output: number) => g.transpose(weightTable(g, input, output, sampling), [1, 0]);
  const rows = g.matMul(transposed(height, newHeight), g.reshape(dy, [batch, newHeight, newWidth * channels]));
  const gradient = g.matMul(transposed(width, newWidth), g.reshape(rows, [batch * height, newWidth, channels]));
  return g.reshape(gradient, images.shape);
}

function kernels(name: string, method: Sampling['method']): RecordedKernel[] {
  return [
    recorded(name, (g, { images }, { size, alignCorners, halfPixelCenters }) => {
      const sampling = { method, alignCorners, halfPixelCenters };
      const resized = resizeImages(g, g.cast(images!, 'float32'), size, sampling);
      return method === 'nearest' ? g.cast(resized, images!.dtype) : resized;
    }),
    recorded(`${name}Grad`, (g, { dy, images }, { alignCorners }) =>
      resizeGradient(g, dy!, images!, { method, alignCorners, halfPixelCenters: false }),
    ),
  ];
}

/** Kernels that resize pictures, and their gradients. */
export const resize: readonly RecordedKernel[] = [
  ...kernels('ResizeBilinear', 'bilinear'),
  ...kernels('ResizeNearestNeighbor', 'nearest'),
];
