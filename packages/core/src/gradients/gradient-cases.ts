import * as tf from '@tensorflow/tfjs';

/** For tests: a function of two tensors, differentiated once by the first, then by the second. */
export interface GradientCase {
  readonly name: string;
  readonly f: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor;
  readonly x: number[];
  readonly w: number[];
}

const cube = (t: tf.Tensor): tf.Tensor => tf.mul(t, tf.square(t));

/** An operation between a linear map and a cube, so that its second derivative and its slope both matter. */
const inside = (name: string, operation: (h: tf.Tensor) => tf.Tensor): GradientCase => ({
  name,
  f: (x, w) => cube(operation(tf.matMul(x, w))),
  x: [3, 4],
  w: [4, 5],
});

/** The same over pictures `[1, 5, 5, 2]`, weighted by pixel. */
const onPictures = (name: string, operation: (h: tf.Tensor4D) => tf.Tensor): GradientCase => ({
  name,
  f: (x, w) => cube(operation(tf.mul(x, w) as tf.Tensor4D)),
  x: [1, 5, 5, 2],
  w: [1, 5, 5, 1],
});

/** For tests: every operation that a critic under a gradient penalty may be made of. */
export const gradientCases: readonly GradientCase[] = [
  inside('tanh', tf.tanh),
  inside('sigmoid', tf.sigmoid),
  inside('swish', (h) => tf.mul(h, tf.sigmoid(h))),
  inside('exp', tf.exp),
  inside('elu', tf.elu),
  inside('selu', tf.selu),
  inside('softplus', tf.softplus),
  inside('softmax', (h) => tf.softmax(h)),
  inside('log softmax by logSumExp', (h) => tf.sub(h, tf.logSumExp(h, -1, true))),
  inside('relu', tf.relu),
  inside('relu6', (h) => tf.relu6(tf.mul(h, 5))),
  inside('leakyRelu', (h) => tf.leakyRelu(h, 0.2)),
  inside('leakyRelu, negative slope', (h) => tf.leakyRelu(h, -0.5)),
  inside('tf.layers.leakyReLU', (h) => tf.layers.leakyReLU({ alpha: 0.2 }).apply(h) as tf.Tensor),
  inside('prelu', (h) => tf.prelu(h, tf.scalar(0.3))),
  inside('maximum', (h) => tf.maximum(h, tf.mul(h, 0.2))),
  inside('minimum', (h) => tf.minimum(h, tf.mul(h, 0.2))),
  inside('where', (h) => tf.where(tf.greater(h, 0), h, tf.mul(h, 0.2))),
  inside('clipByValue', (h) => tf.clipByValue(h, -0.5, 0.5)),
  inside('max', (h) => tf.max(h, 1)),
  inside('min', (h) => tf.min(h, 1)),
  inside('softplus of softmax', (h) => tf.softplus(tf.softmax(h))),
  inside('sqrt', (h) => tf.sqrt(tf.add(tf.square(h), 1))),
  inside('gather', (h) => tf.gather(h, tf.tensor1d([0, 2, 2], 'int32'), 0)),
  inside('gather from rows of a matrix', (h) => tf.gather(tf.reshape(h, [5, 3]), tf.tensor2d([4, 0, 4, 1], [2, 2], 'int32'))),
  inside('gather along the last axis', (h) => tf.gather(h, tf.tensor1d([0, 2, 2], 'int32'), 1)),
  inside('tile', (h) => tf.mul(tf.tile(h, [2, 3]), tf.range(0, 15))),
  inside('tile of five dimensions', (h) => tf.mul(tf.tile(tf.reshape(h, [3, 1, 1, 1, 5]), [1, 2, 1, 1, 2]), tf.range(0, 10))),
  inside('mirrorPad, reflect', (h) =>
    tf.mirrorPad(
      h,
      [
        [1, 2],
        [2, 1],
      ],
      'reflect',
    ),
  ),
  inside('mirrorPad, symmetric', (h) =>
    tf.mirrorPad(
      h,
      [
        [1, 2],
        [0, 3],
      ],
      'symmetric',
    ),
  ),
  onPictures('avgPool, valid', (h) => tf.avgPool(h, 2, 2, 'valid')),
  onPictures('avgPool, same', (h) => tf.avgPool(h, 3, 2, 'same')),
  onPictures('maxPool, valid', (h) => tf.maxPool(h, 2, 2, 'valid')),
  onPictures('maxPool, same', (h) => tf.maxPool(h, 3, 2, 'same')),
  onPictures('maxPool, same, overlapping', (h) => tf.maxPool(h, [2, 3], 1, 'same')),
  onPictures('resizeBilinear', (h) => tf.image.resizeBilinear(h, [8, 7])),
  onPictures('resizeBilinear, aligned', (h) => tf.image.resizeBilinear(h, [8, 7], true)),
  onPictures('resizeBilinear, half-pixel centres', (h) => tf.image.resizeBilinear(h, [8, 7], false, true)),
  onPictures('resizeNearestNeighbor, half-pixel centres', (h) => tf.image.resizeNearestNeighbor(h, [8, 7], false, true)),
  onPictures('resizeNearestNeighbor', (h) => tf.image.resizeNearestNeighbor(h, [10, 10])),
  {
    name: 'resizeNearestNeighbor of two pictures',
    f: (x, w) => cube(tf.image.resizeNearestNeighbor(tf.mul(x, w) as tf.Tensor4D, [6, 6])),
    x: [2, 3, 3, 2],
    w: [2, 3, 3, 1],
  },
  {
    name: 'resizeBilinear of two pictures',
    f: (x, w) => cube(tf.image.resizeBilinear(tf.mul(x, w) as tf.Tensor4D, [6, 6])),
    x: [2, 3, 3, 2],
    w: [2, 3, 3, 1],
  },
  {
    name: 'conv2d',
    f: (x, w) => cube(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same')),
    x: [2, 6, 6, 2],
    w: [4, 4, 2, 3],
  },
  {
    name: 'conv2d, valid, with unequal strides',
    f: (x, w) => cube(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [1, 2], 'valid')),
    x: [2, 5, 6, 1],
    w: [3, 2, 1, 2],
  },
  {
    name: 'conv2d, by its filter',
    f: (w, x) => cube(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same')),
    x: [3, 3, 2, 2],
    w: [1, 5, 5, 2],
  },
  {
    name: 'conv2dTranspose',
    f: (x, w) => cube(tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [1, 6, 6, 2], 2, 'same')),
    x: [1, 3, 3, 2],
    w: [4, 4, 2, 2],
  },
  {
    name: 'depthwiseConv2d',
    f: (x, w) => cube(tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same')),
    x: [1, 5, 5, 2],
    w: [3, 3, 2, 2],
  },
  {
    name: 'depthwiseConv2d, by its filter',
    f: (w, x) => cube(tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same')),
    x: [3, 3, 2, 1],
    w: [1, 5, 5, 2],
  },
  {
    name: 'depthwiseConv2d, with strides',
    f: (x, w) => cube(tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same')),
    x: [2, 6, 5, 2],
    w: [3, 3, 2, 1],
  },
  {
    name: 'batchNorm',
    f: (x, w) => {
      const h = tf.matMul(x, w);
      const { mean, variance } = tf.moments(h, 0);
      return cube(
        tf.batchNorm(
          h,
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          tf.zeros([5]) as tf.Tensor1D,
          tf.ones([5]) as tf.Tensor1D,
          0.1,
        ),
      );
    },
    x: [4, 4],
    w: [4, 5],
  },
];
