import { type GanParts, inMemoryDataset, latentSpace, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { jointDataset } from '../data/joint-dataset.js';
import { type CoupledGan, coupledGan } from './coupled-gan.js';

/** For tests: pictures of one bright spot on dark ground, or of the outline of one. */
const SIZE = 8;
const LATENT = 8;
const RADIUS = 1.5;

/** How bright it is at a distance from the middle, 0 … 1. */
type Form = (distance: number) => number;
const spot: Form = (distance) => Math.exp(-((distance / RADIUS) ** 2) / 2);
const outline: Form = (distance) => Math.exp(-(((distance - RADIUS) / 0.7) ** 2) / 2);

/** A modality of such pictures, with small networks whose layers next to the picture see a few pixels only. */
function spotParts(seed: number): GanParts<readonly number[]> {
  const initial = (i: number) => ({ kernelInitializer: tf.initializers.glorotNormal({ seed: 100 * seed + i }) });
  const leaky = () => tf.layers.leakyReLU({ alpha: 0.2 });
  const inner = [SIZE, SIZE, 4];
  const near = { kernelSize: 5, padding: 'same' } as const;
  return {
    kind: 'spots',
    options: { seed },
    latent: latentSpace({ distribution: 'normal', dimensions: LATENT }),
    modality: {
      kind: 'spots',
      sampleShape: [SIZE, SIZE, 1],
      encode: (samples) => tf.tensor4d(samples.flat(), [samples.length, SIZE, SIZE, 1]),
      decode: async (batch) => (await batch.reshape([-1, SIZE * SIZE]).array()) as number[][],
    },
    networks: {
      generator: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ units: tf.util.sizeFromShape(inner), inputShape: [LATENT], ...initial(1) }),
            leaky(),
            tf.layers.reshape({ targetShape: inner }),
            tf.layers.conv2d({ filters: 1, ...near, activation: 'tanh', ...initial(2) }),
          ],
        }),
      discriminator() {
        const picture = tf.input({ shape: [SIZE, SIZE, 1] });
        const map = tf.layers.conv2d({ filters: 8, ...near, strides: 2, ...initial(3) }).apply(picture);
        const flat = tf.layers.flatten().apply(leaky().apply(map) as tf.SymbolicTensor);
        const features = leaky().apply(tf.layers.dense({ units: 32, ...initial(4) }).apply(flat) as tf.SymbolicTensor);
        const score = tf.layers.dense({ units: 1, ...initial(5) }).apply(features);
        return tf.model({ inputs: picture, outputs: [score as tf.SymbolicTensor, features as tf.SymbolicTensor] });
      },
    },
    training: {
      penalty: { kind: 'r1', weight: 0.2 },
      discriminatorOptimizer: { learningRate: 1e-3 },
      generatorOptimizer: { learningRate: 1e-3 },
      average: { halfLife: 500 },
    },
  };
}

/** A coupled GAN of spots and outlines. @param ownLayers that each keeps for itself */
export function spotsAndOutlines(ownLayers = 1): CoupledGan {
  return coupledGan({ modalities: { spot: spotParts(1), outline: spotParts(2) }, latentDimensions: LATENT, ownLayers });
}

/** So many spots and as many outlines, of others: no row has both. */
export function unpairedSpots(each: number) {
  const rows = Array.from({ length: 2 * each }, (_, row) => row);
  const part = (form: Form, from: number) => ({
    dataset: drawnPictures(each, form, from),
    indices: rows.map((row) => (row >= from && row < from + each ? row - from : -1)),
  });
  return jointDataset({ parts: { spot: part(spot, 0), outline: part(outline, each) } });
}

function drawnPictures(count: number, form: Form, seed: number) {
  const random = Random.fromSeed(seed);
  const pictures = Array.from({ length: count }, () => {
    const [x, y] = [random.uniform(1.5, SIZE - 2.5), random.uniform(1.5, SIZE - 2.5)];
    return Array.from({ length: SIZE * SIZE }, (_, i) => 2 * form(Math.hypot((i % SIZE) - x, Math.floor(i / SIZE) - y)) - 1);
  });
  return inMemoryDataset({
    values: Float32Array.from(pictures.flat()),
    sampleShape: [SIZE, SIZE, 1],
    fingerprint: `spots-${seed}`,
  });
}

/** Where what is bright has its middle, in pixels, `[batch, 2]`. */
export function middlesOf(pictures: tf.Tensor): tf.Tensor2D {
  return tf.tidy(() => {
    const brightness = tf.div(tf.add(tf.squeeze(pictures, [3]), 1), 2);
    const places = tf.range(0, SIZE);
    const along = (axis: 1 | 2) => tf.sum(tf.mul(tf.sum(brightness, axis), places), 1);
    return tf.div(tf.stack([along(1), along(2)], 1), tf.expandDims(tf.sum(brightness, [1, 2]), 1)) as tf.Tensor2D;
  });
}
