import { either, integer, number, resolveOptions, type SampleOptions, string } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointPoints, JointSamples, MultimodalModel } from '../multimodal-model.js';

/** What can be said of how points are drawn; a class cannot, as models of this kind are told none. */
const schema = {
  seed: either(integer({ default: 0 }), string()),
  truncation: number({ min: 0, max: 1, default: 1 }),
};

/** Samples are made in pieces of this many, so that memory stays bounded. */
const PIECE = 64;

/** The samples of a multimodal model, as `GenerativeModel.samples` promises them. */
export async function* jointSamples(
  model: Pick<MultimodalModel, 'points' | 'generate'>,
  count: number,
  options: SampleOptions = {},
): AsyncGenerator<JointSamples, void, undefined> {
  const points = model.points(count, resolveOptions('sample', options, schema));
  try {
    for (let from = 0; from < count; from += PIECE) {
      const samples = tf.tidy(
        () => model.generate(rowsOf(points, from, Math.min(PIECE, count - from))) as Record<string, tf.Tensor>,
      );
      // Lets an engine that runs lazily make this piece before the next is asked for.
      await Promise.all(Object.values(samples).map((tensor) => tensor.data()));
      yield samples;
    }
  } finally {
    tf.dispose(points as unknown as tf.TensorContainer);
  }
}

/** Takes over pieces and joins them, modality by modality. */
export async function joinedSamples(pieces: AsyncIterable<JointSamples>): Promise<JointSamples> {
  const all: JointSamples[] = [];
  for await (const piece of pieces) all.push(piece);
  const joined = Object.keys(all[0] ?? {}).map((name) => [name, tf.concat(all.map((piece) => piece[name]!))] as const);
  tf.dispose(all as unknown as tf.TensorContainer);
  return Object.fromEntries(joined);
}

function rowsOf({ shared, own }: JointPoints, from: number, count: number): JointPoints {
  const rows = (points: tf.Tensor2D) => points.slice([from, 0], [count, -1]);
  return { shared: rows(shared), own: Object.fromEntries(Object.entries(own).map(([name, points]) => [name, rows(points)])) };
}
