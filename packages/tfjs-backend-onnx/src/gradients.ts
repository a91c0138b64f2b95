import {
  backend_util,
  cast,
  div,
  type GradConfig,
  mul,
  onesLike,
  registerGradient,
  reshape,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';

/**
 * Gradients of Sum and Mean that repeat `dy` by way of the kernel OnesLike. tfjs's own make an array of ones as large as
 * the input each time, in JavaScript, which takes longer than all the rest of a gradient.
 */
const gradients: GradConfig[] = [
  {
    kernelName: 'Sum',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () => repeated(dy as Tensor, x!, util.parseAxisParam(attrs.axis as number[], x!.shape)),
    }),
  },
  {
    kernelName: 'Mean',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => {
      const axes = util.parseAxisParam(attrs.axis as number[], x!.shape);
      const [, reduced] = backend_util.computeOutAndReduceShapes(x!.shape, axes);
      return { x: () => repeated(div(dy as Tensor, util.sizeFromShape(reduced)), x!, axes) };
    },
  },
];

function repeated(dy: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return mul(reshape(dy, kept), onesLike(x.dtype === 'float32' ? x : cast(x, 'float32')));
}

/** Registers the gradients. They hold for every backend, and mean the same. */
export function registerGradients(): void {
  for (const gradient of gradients) registerGradient(gradient);
}
