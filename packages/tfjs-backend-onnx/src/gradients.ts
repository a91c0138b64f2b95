import {
  add,
  backend_util,
  cast,
  customGrad,
  div,
  type GradConfig,
  gather,
  getGradient,
  greaterEqual,
  mul,
  neg,
  onesLike,
  registerGradient,
  relu,
  reshape,
  rsqrt,
  scalar,
  square,
  sub,
  sum,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';

/**
 * Gradients that are the same numbers as tfjs's own, and quicker. Those of Sum and Mean repeat `dy` by way of the kernel
 * OnesLike; tfjs's make an array of ones as large as the input each time, in JavaScript, which takes longer than all the
 * rest of a gradient.
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
  {
    // Rows of no segment, which have negative numbers, get zeros: by a factor for each row. tfjs selects element by element.
    kernelName: 'UnsortedSegmentSum',
    inputsToSave: ['segmentIds'],
    gradFunc: (dy, [segmentIds]) => ({
      x: () => {
        const rows = gather(dy as Tensor, relu(segmentIds!));
        const isCounted = cast(greaterEqual(segmentIds!, scalar(0, 'int32')), 'float32');
        return mul(rows, reshape(isCounted, [...segmentIds!.shape, ...rows.shape.slice(segmentIds!.rank).fill(1)]));
      },
    }),
  },
  {
    // What concerns channels is calculated for channels, and each sum over the large tensors once.
    kernelName: 'FusedBatchNorm',
    inputsToSave: ['x', 'mean', 'variance', 'scale'],
    gradFunc: (dy, saved, attrs) => {
      const [x, mean, variance, scale] = saved as Tensor[];
      if (mean!.rank !== 1) return tfjsBatchNorm!.gradFunc(dy, saved, attrs);
      const gradient = dy as Tensor;
      const axes = x!.shape.slice(1).map((_, axis) => axis);
      const inverse = rsqrt(add(variance!, scalar(attrs.varianceEpsilon as number)));
      const slope = mul(scale ?? scalar(1), inverse);
      const total = sum(gradient, axes);
      const alongX = sum(mul(gradient, sub(x!, mean!)), axes);
      return {
        x: () => mul(gradient, slope),
        mean: () => neg(mul(total, slope)),
        variance: () => mul(mul(alongX, slope), mul(square(inverse), scalar(-0.5))),
        scale: () => mul(alongX, inverse),
        offset: () => total,
      };
    },
  },
];

/** tfjs's own gradient, for the rare case of a mean for each element. */
const tfjsBatchNorm = getGradient('FusedBatchNorm');

function repeated(dy: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return mul(reshape(dy, kept), ones(x));
}

/** Ones in the shape of `x`. No gradient goes back to `x`: a second-order gradient would pass zeros through all that `x` came from. */
function ones(x: Tensor): Tensor {
  return customGrad(() => ({ value: cast(onesLike(x), 'float32'), gradFunc: () => [] }))();
}

/** Registers the gradients. They hold for every backend, and mean the same. */
export function registerGradients(): void {
  for (const gradient of gradients) registerGradient(gradient);
}
