import type { JointSamples } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { madeOnce } from './made-once.js';

/** A model that counts what it makes, and makes the count. */
function counting() {
  let made = 0;
  const next = (): JointSamples => ({ image: tf.tensor1d([made++]) });
  return {
    modalities: {},
    async *samples() {
      yield next();
      yield next();
    },
    translate: next,
  };
}

async function drawn(model: Pick<ReturnType<typeof madeOnce>, 'samples'>, seed: number): Promise<number[]> {
  const values: number[] = [];
  for await (const { image } of model.samples(2, { seed })) {
    values.push(...image!.dataSync());
    image!.dispose();
  }
  return values;
}

test('what is asked for again is given again, whoever freed it, and nothing is left behind', async () => {
  const before = tf.memory().numTensors;
  const model = madeOnce(counting());
  expect(await drawn(model, 1)).toEqual([0, 1]);
  expect(await drawn(model, 2)).toEqual([2, 3]);
  expect(await drawn(model, 1)).toEqual([0, 1]);
  const translated = (seed: string) => tf.tidy(() => [...model.translate({}, ['image'], { seed }).image!.dataSync()]);
  expect([translated('a'), translated('b'), translated('a')]).toEqual([[4], [5], [4]]);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
