import * as tf from '@tensorflow/tfjs';
import { integer, number, optional, string } from '../options/field.js';
import { either, resolveOptions } from '../options/resolve-options.js';
import { Random } from '../random/random.js';
import type { LatentModel, SampleOptions } from '../training/generative-model.js';
import { drawnLabels } from './drawn-labels.js';

/** Samples are made in pieces of this many, so that memory stays bounded. */
const PIECE = 64;

const schema = {
  seed: either(integer({ default: 0 }), string()),
  truncation: number({ min: 0, max: 1, default: 1 }),
  label: optional(integer()),
  cluster: optional(integer()),
};

/** The samples of a model with a latent space, as `GenerativeModel.samples` promises them: points by the seed, classes in turn, clusters by their shares. */
export async function* latentSamples(
  model: Pick<LatentModel, 'latent' | 'generate'>,
  count: number,
  options: SampleOptions = {},
): AsyncGenerator<tf.Tensor, void, undefined> {
  const { latent } = model;
  const { seed, truncation, ...choice } = resolveOptions('sample', options, schema);
  const labels = drawnLabels(latent, count, { seed, ...choice });
  const points = latent.sample(count, Random.fromSeed(seed), { truncation });
  try {
    for (let from = 0; from < count; from += PIECE) {
      const size = Math.min(PIECE, count - from);
      const samples = tf.tidy(() => {
        const some = points.slice([from, 0], [size, -1]);
        return model.generate(some, labels && tf.tensor1d(labels.subarray(from, from + size), 'int32'));
      });
      // Lets an engine that runs lazily make this piece before the next is asked for.
      await samples.data();
      yield samples;
    }
  } finally {
    points.dispose();
  }
}

/** Takes over pieces and joins them. */
export async function joinedPieces(pieces: AsyncIterable<tf.Tensor>): Promise<tf.Tensor> {
  const all: tf.Tensor[] = [];
  for await (const piece of pieces) all.push(piece);
  const joined = tf.concat(all);
  tf.dispose(all);
  return joined;
}
