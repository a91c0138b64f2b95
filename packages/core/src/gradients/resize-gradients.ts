import * as tf from '@tensorflow/tfjs';

type Resize = typeof tf.image.resizeBilinear;

/** The gradients of resizing, and those of the kernels that compute them. */
export const resizeGradients: readonly tf.GradConfig[] = [
  resizeGradient('ResizeBilinear', tf.image.resizeBilinear),
  resizeGradient('ResizeNearestNeighbor', tf.image.resizeNearestNeighbor),
  gradientOfGradient('ResizeBilinearGrad', tf.image.resizeBilinear),
  gradientOfGradient('ResizeNearestNeighborGrad', tf.image.resizeNearestNeighbor),
];

/**
 * The engines' kernels do not know of `halfPixelCenters`, and that of the cpu engine for the nearest neighbour is wrong for all samples of a batch but the
 * first; there the gradient is taken through the matrices of the resizing.
 */
function resizeGradient(kernelName: string, resize: Resize): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['images'],
    gradFunc: (dy, [images], attributes) => ({
      images: () =>
        attributes.halfPixelCenters || (kernelName === 'ResizeNearestNeighbor' && tf.getBackend() === 'cpu')
          ? transposedResize(dy as tf.Tensor4D, images!.shape as tf.Tensor4D['shape'], (units, size) =>
              resize(units, size, attributes.alignCorners as boolean, attributes.halfPixelCenters as boolean),
            )
          : (tf.engine().runKernel(`${kernelName}Grad`, { dy: dy as tf.Tensor, images: images! }, attributes) as tf.Tensor),
    }),
  };
}

function gradientOfGradient(kernelName: string, resize: Resize): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['dy', 'images'],
    gradFunc: (ddx, [dy, images], { alignCorners }) => ({
      dy: () => resize(ddx as tf.Tensor4D, dy!.shape.slice(1, 3) as [number, number], alignCorners as boolean),
      images: () => tf.zeros(images!.shape),
    }),
  };
}

/** Resizing is linear in each axis: y = R_h x R_wᵀ for each channel, so that the gradient is R_hᵀ dy R_w. */
function transposedResize(
  dy: tf.Tensor4D,
  [batch, height, width, channels]: tf.Tensor4D['shape'],
  resize: (images: tf.Tensor4D, size: [number, number]) => tf.Tensor4D,
): tf.Tensor {
  const [, outHeight, outWidth] = dy.shape;
  const rows = axisMatrix(height, outHeight, resize);
  const columns = axisMatrix(width, outWidth, resize);
  const byRow = tf.reshape(tf.transpose(dy, [1, 0, 2, 3]), [outHeight, -1]);
  const withHeight = tf.reshape(tf.matMul(rows, byRow as tf.Tensor2D, true), [height, batch, outWidth, channels]);
  const byColumn = tf.reshape(tf.transpose(withHeight, [2, 1, 0, 3]), [outWidth, -1]);
  const withWidth = tf.reshape(tf.matMul(columns, byColumn as tf.Tensor2D, true), [width, batch, height, channels]);
  return tf.transpose(withWidth, [1, 2, 0, 3]);
}

/** `[to, from]`: what resizing makes of each unit vector. */
function axisMatrix(from: number, to: number, resize: (images: tf.Tensor4D, size: [number, number]) => tf.Tensor4D): tf.Tensor2D {
  const units = tf.reshape(tf.eye(from), [1, from, 1, from]) as tf.Tensor4D;
  return tf.reshape(resize(units, [to, 1]), [to, from]);
}
