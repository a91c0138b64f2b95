import { type GanParts, inMemoryDataset, latentSpace, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { jointDataset } from '../data/joint-dataset.js';
import { type MultimodalGan, multimodalGan } from './multimodal-gan.js';

/** For tests: four kinds of points, each near a corner of a square, the corners in an order of this modality's own. */
const CORNERS = [
  [1, 1],
  [-1, 1],
  [-1, -1],
  [1, -1],
] as const;
const SPREAD = 0.15;

/** A modality of such points, with small networks. @param dimensions that its generator takes */
export function cornerParts(dimensions: number, seed = 1): GanParts<readonly number[]> {
  const network = (inputs: number, seedOffset: number) => {
    const dense = (units: number, i: number) => {
      const kernelInitializer = tf.initializers.glorotNormal({ seed: seed * 100 + seedOffset * 10 + i });
      return tf.layers.dense({ units, kernelInitializer });
    };
    const input = tf.input({ shape: [inputs] });
    const leaky = (map: unknown) => tf.layers.leakyReLU({ alpha: 0.2 }).apply(map as tf.SymbolicTensor) as tf.SymbolicTensor;
    const hidden = leaky(dense(32, 1).apply(leaky(dense(32, 0).apply(input))));
    return { input, hidden, dense };
  };
  return {
    kind: 'corners',
    options: { dimensions, seed },
    latent: latentSpace({ distribution: 'normal', dimensions }),
    modality: {
      kind: 'corners',
      sampleShape: [2],
      encode: (samples) => tf.tensor2d(samples.map((sample) => [...sample])),
      decode: async (batch) => (await batch.array()) as number[][],
    },
    networks: {
      generator() {
        const { input, hidden, dense } = network(dimensions, 1);
        return tf.model({ name: 'generator', inputs: input, outputs: dense(2, 2).apply(hidden) as tf.SymbolicTensor });
      },
      discriminator() {
        const { input, hidden, dense } = network(2, 2);
        return tf.model({ inputs: input, outputs: [dense(1, 2).apply(hidden) as tf.SymbolicTensor, hidden] });
      },
    },
    training: {
      penalty: { kind: 'r1', weight: 0.1 },
      discriminatorOptimizer: { learningRate: 2e-3 },
      generatorOptimizer: { learningRate: 1e-3 },
      average: { halfLife: 500 },
    },
  };
}

/** Points of these kinds, 0 … 3. @param turn by how many corners this modality's order is turned */
function cornerPoints(kinds: readonly number[], turn: number, seed: number) {
  const random = Random.fromSeed(seed);
  const values = kinds.flatMap((kind) => CORNERS[(kind + turn) % 4]!.map((value) => value + SPREAD * random.normal()));
  return inMemoryDataset({ values: Float32Array.from(values), sampleShape: [2], fingerprint: `corners-${turn}-${seed}` });
}

/** The kinds that points `[batch, 2]` are of; undefined for those that are not near a corner. */
export async function kindsOf(points: tf.Tensor, turn: number): Promise<(number | undefined)[]> {
  const rows = (await points.array()) as [number, number][];
  return rows.map(([x, y]) => {
    const corner = CORNERS.findIndex(([cx, cy]) => Math.hypot(x - cx, y - cy) < 4 * SPREAD);
    return corner < 0 ? undefined : (corner - turn + 4) % 4;
  });
}

const CODE = 8;

/** A GAN of two such modalities, of which the second has its corners turned by one. */
export function twoCorners(): MultimodalGan {
  return multimodalGan({
    modalities: { left: cornerParts(CODE + 2, 1), right: cornerParts(CODE + 2, 2) },
    codeDimensions: CODE,
    latentDimensions: 4,
    memory: 128,
  });
}

/** Data for {@link twoCorners}. @param paired share of the rows that have both forms; the others have one */
export function jointCorners(rows: number, paired = 1) {
  const random = Random.fromSeed(3);
  const kinds = Array.from({ length: rows }, () => random.integer(4));
  const own = (form: number) => kinds.map((_, row) => (row < paired * rows || row % 2 === form ? row : -1));
  return jointDataset({
    parts: {
      left: { dataset: cornerPoints(kinds, 0, 1), indices: own(0) },
      right: { dataset: cornerPoints(kinds, 1, 2), indices: own(1) },
    },
  });
}
