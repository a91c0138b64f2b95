import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { LeCam } from './lecam.js';

const REAL = [1, 3];
const FAKE = [-1, 0];
const penalty = (lecam: LeCam, real: number[], fake: number[]) =>
  tf.tidy(() => lecam.penalty(tf.tensor2d(real, [2, 1]), tf.tensor2d(fake, [2, 1])).dataSync()[0]!);

test('measures each side from the average of the other, which moves slowly', () => {
  const lecam = new LeCam({ decay: 0.5 });
  // Averages 2 and -0.5: (2.25 + 12.25)/2 + (9 + 4)/2
  expect(penalty(lecam, REAL, FAKE)).toBeCloseTo(13.75, 5);
  // Averages (2 + 0)/2 = 1 and (-0.5 + 1.5)/2 = 0.5: (0.25 + 0.25)/2 + (0 + 1)/2
  expect(penalty(lecam, [0, 0], [1, 2])).toBeCloseTo(0.75, 5);
  lecam.dispose();
});

test('its gradient takes the averages as constants', () => {
  const lecam = new LeCam();
  const gradient = tf.tidy(() => {
    const by = (real: tf.Tensor) => lecam.penalty(real, tf.tensor2d(FAKE, [2, 1]));
    return [
      ...tf
        .grad(by)(tf.tensor2d(REAL, [2, 1]))
        .dataSync(),
    ];
  });
  // d/dr ½ Σ (r + 0.5)²
  expect(gradient).toEqual([1.5, 3.5]);
  lecam.dispose();
});

test('goes on from its state', async () => {
  const [one, other] = [new LeCam(), new LeCam()];
  penalty(one, REAL, FAKE);
  other.restore(await one.state());
  expect(penalty(other, FAKE, REAL)).toBe(penalty(one, FAKE, REAL));
  one.dispose();
  other.dispose();
});
