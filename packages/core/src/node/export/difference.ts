import * as tf from '@tensorflow/tfjs';
import { Random } from '../../random/random.js';
import type { NetworkEnd } from './network-ends.js';

/** How far what a file gives is from what the network gave that it was made of. */
export interface ExportDifference {
  /** The largest difference of two numbers. */
  readonly largest: number;
  /** Root mean square of the differences, as a share of the standard deviation of the numbers. */
  readonly relative: number;
}

/** What a network does with inputs by name, in the order of its outputs. Borrows them; the caller owns the results. */
export type RunNetwork = (inputs: Readonly<Record<string, tf.Tensor>>) => Promise<tf.Tensor[]>;

/** Rows that outputs are compared on. */
const ROWS = 8;

/** Compares two networks on inputs that are drawn, all their outputs. */
export async function differenceOf(
  network: tf.LayersModel,
  inputs: readonly NetworkEnd[],
  before: RunNetwork,
  after: RunNetwork,
): Promise<ExportDifference> {
  const drawn = Object.fromEntries(inputs.map((input) => [input.name, drawnInput(network, input)]));
  const results = [await before(drawn), await after(drawn)] as const;
  const parts = results[0].map((whole, i) => {
    return tf.tidy(() => {
      const apart = tf.abs(tf.sub(results[1][i]!, whole));
      const { variance } = tf.moments(tf.cast(whole, 'float32'));
      return tf.stack([tf.max(apart), tf.mean(tf.square(apart)), variance]);
    });
  });
  const found = await Promise.all(parts.map((part) => part.data()));
  tf.dispose([drawn, results[0], results[1], parts]);
  // Of an output without spread there is no share; it is as the others are.
  const shares = found.map(([, square, variance]) => Math.sqrt(square! / Math.max(variance!, 1e-12)));
  return { largest: Math.max(...found.map(([largest]) => largest!)), relative: Math.max(...shares) };
}

/** Latent points, tokens, classes that take turns, or samples, as an input has them. */
function drawnInput(network: tf.LayersModel, { name, shape, dtype }: NetworkEnd): tf.Tensor {
  const random = Random.fromSeed('export').split(name);
  const extents = shape.map((extent) => extent ?? ROWS);
  const size = tf.util.sizeFromShape(extents);
  if (dtype === 'int32') {
    const tokens = Int32Array.from({ length: size }, () => random.integer(leastVocabulary(network)));
    return tf.tensor(tokens, extents, 'int32');
  }
  if (name === 'label') {
    const classes = extents.at(-1)!;
    return tf.tidy(() => tf.cast(tf.oneHot(tf.range(0, ROWS, 1, 'int32').mod(tf.scalar(classes, 'int32')), classes), 'float32'));
  }
  return random.normalTensor(extents);
}

/** How many tokens all embeddings of a network know. */
function leastVocabulary(network: tf.LayersModel): number {
  const sizes = network.layers
    .filter((layer) => layer.getClassName() === 'Embedding')
    .map((layer) => Number(layer.getConfig().inputDim));
  return Math.min(...sizes);
}
