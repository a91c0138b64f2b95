import * as tf from '@tensorflow/tfjs';
import { integer, number, optional, string } from '../options/field.js';
import { either, resolveOptions } from '../options/resolve-options.js';
import { Random } from '../random/random.js';
import type { LatentModel, SampleOptions } from '../training/generative-model.js';
import { drawnLabels } from './drawn-labels.js';
import type { LatentSpace } from './latent-space.js';

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
  const { conditions, ...rest } = options;
  const { seed, truncation, ...choice } = resolveOptions('sample', rest, schema);
  requireConditions(latent, conditions);
  const labels = drawnLabels(latent, count, { seed, ...choice });
  const points = latent.sample(count, Random.fromSeed(seed), { truncation });
  try {
    for (let from = 0; from < count; from += PIECE) {
      const size = Math.min(PIECE, count - from);
      const samples = tf.tidy(() => {
        const some = points.slice([from, 0], [size, -1]);
        return model.generate(
          some,
          labels && tf.tensor1d(labels.subarray(from, from + size), 'int32'),
          conditions && inTurn(conditions, from, size),
        );
      });
      // Lets an engine that runs lazily make this piece before the next is asked for.
      await samples.data();
      yield samples;
    }
  } finally {
    points.dispose();
  }
}

function requireConditions({ conditionShape }: LatentSpace, conditions: tf.Tensor | undefined): void {
  if (conditions && !conditionShape) throw new Error('sample: this model is told no conditions; leave them out');
  if (conditionShape && !conditions) {
    throw new Error(
      `sample: this model makes samples under conditions of shape [${conditionShape}]; hand some in as \`conditions\``,
    );
  }
}

/** As many rows as are asked for, from that one on, beginning anew after the last. */
function inTurn(rows: tf.Tensor, from: number, count: number): tf.Tensor {
  const numbers = Int32Array.from({ length: count }, (_, i) => (from + i) % rows.shape[0]!);
  return tf.gather(rows, tf.tensor1d(numbers, 'int32'));
}

/** Takes over pieces and joins them. */
export async function joinedPieces(pieces: AsyncIterable<tf.Tensor>): Promise<tf.Tensor> {
  const all: tf.Tensor[] = [];
  for await (const piece of pieces) all.push(piece);
  const joined = tf.concat(all);
  tf.dispose(all);
  return joined;
}
