import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { twoCorners } from '../gan/corner-modality.js';
import { complete } from './complete.js';

const points = () => tf.tensor2d([[0.4, 0.3], [-0.3, 0.2], [0.1, -0.2]]); // biome-ignore format: rows
/** The mean of how far rows are from each other. */
const distance = (a: tf.Tensor, b: tf.Tensor) => tf.tidy(() => tf.mean(tf.norm(tf.sub(a, b), 2, 1)).dataSync()[0]!);

test('what is generated comes nearer to what was given', async () => {
  const gan = twoCorners();
  const left = points();
  const translated = gan.translate({ left }, ['left']);
  const { codes, own, before, after } = await gan.refine({ left }, { steps: 40, starts: 2 });
  const refined = gan.generateFrom(codes, own);
  expect(after).toBeLessThan(before);
  expect(distance(refined.left!, left)).toBeLessThan(0.5 * distance(translated.left!, left));
  expect(refined.right!.shape).toEqual([3, 2]);
  // Codes are directions still.
  for (const length of tf.tidy(() => [...tf.norm(codes, 2, 1).dataSync()])) expect(length).toBeCloseTo(1, 4);
  tf.dispose([left, translated, codes, own, refined] as unknown as tf.TensorContainer);
  gan.dispose();
});

test("a distance of the caller takes the place of the model's own", async () => {
  const gan = twoCorners();
  const left = points();
  // Only the first number counts, and is to be the opposite.
  const opposite = (made: tf.Tensor, given: tf.Tensor) =>
    tf.square(tf.add(made.slice([0, 0], [-1, 1]), given.slice([0, 0], [-1, 1]))).as1D();
  const { codes, own } = await gan.refine({ left }, { steps: 40, starts: 2, distances: { left: opposite } });
  const made = gan.generateFrom(codes, own, ['left']);
  const error = tf.tidy(() => tf.mean(opposite(made.left!, left)).dataSync()[0]!);
  // Points as near as can be to what was given would have 4 · (0.4² + 0.3² + 0.1²) / 3 = 0.35.
  expect(error).toBeLessThan(0.05);
  tf.dispose([left, codes, own, made] as unknown as tf.TensorContainer);
  gan.dispose();
});

test('a part that is known is kept, and found again in what the rest comes from; what stands in for the rest does not matter', async () => {
  const gan = twoCorners();
  const known = tf.tensor2d([[1, 0], [1, 0], [1, 0]]); // biome-ignore format: rows
  const answers: number[][] = [];
  for (const unknown of [0, 50]) {
    const left = tf.tidy(() => tf.add(tf.mul(points(), known), tf.mul(unknown, tf.sub(1, known))));
    const { before, after, codes, own } = await gan.refine({ left }, { steps: 30, starts: 4, known: { left: known } });
    expect(after).toBeLessThan(0.2 * before);
    const done = await complete(gan, { left }, { left: known }, { steps: 30, starts: 4 });
    const made = gan.generateFrom(codes, own);
    const values = [...done.left!.dataSync()];
    // The known numbers to the bit, the others from the points that were found.
    const expected = [...made.left!.dataSync()].map((value, i) => (i % 2 === 0 ? left.dataSync()[i]! : value));
    expect(values).toEqual(expected);
    expect(done.right!.dataSync()).toEqual(made.right!.dataSync());
    answers.push(values);
    tf.dispose([left, codes, own, done, made] as unknown as tf.TensorContainer);
  }
  expect(answers[1]).toEqual(answers[0]);
  known.dispose();
  gan.dispose();
});
