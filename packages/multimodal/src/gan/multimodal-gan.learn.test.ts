import { train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { jointCorners, kindsOf, twoCorners } from './corner-modality.js';

/** The share of rows in which both are of the kind that they should be. */
const share = (a: readonly unknown[], b: readonly unknown[]) =>
  a.filter((kind, i) => kind !== undefined && kind === b[i]).length / a.length;

test.each([
  ['all pairs', 1],
  ['every tenth pair', 0.1],
])('learns without labels which points belong together: %s', async (_name, paired) => {
  await useEngine();
  const gan = twoCorners();
  const data = jointCorners(400, paired);
  for await (const { warnings } of train(gan, data, { steps: 800, batchSize: 32, reportEvery: 100, reading: { steps: 200 } }))
    expect(warnings).toEqual([]);

  const { left, right } = await gan.sample(200, { seed: 1 });
  const drawn = await kindsOf(left!, 0);
  expect(share(drawn, await kindsOf(right!, 1))).toBeGreaterThan(0.8);
  for (const kind of [0, 1, 2, 3]) expect(drawn.filter((found) => found === kind).length).toBeGreaterThan(15);

  const { samples, present } = await data.batch([...Array(200).keys()]);
  const toRight = gan.translate({ left: samples.left! });
  expect(share(await kindsOf(toRight.right!, 1), await kindsOf(samples.left!, 0))).toBeGreaterThan(0.85);
  tf.dispose([left, right, toRight, samples, present] as tf.TensorContainer);
  gan.dispose();
});
