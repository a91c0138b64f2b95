import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { pictureAugmentation } from './picture-augmentation.js';

const ALL = ['colour', 'translation', 'cutout'];
const BATCH = 40;

function changed(pictures: tf.Tensor, kinds: readonly string[], probability = 1, seed = 1): tf.Tensor {
  return tf.tidy(() =>
    pictureAugmentation.apply(pictures, { kinds, probability: tf.scalar(probability), random: Random.fromSeed(seed) }),
  );
}

/** The values of each picture that a kind of change makes of these. */
function rows(pictures: tf.Tensor, kind: string): number[][] {
  return tf.tidy(() => changed(pictures, [kind]).reshape([pictures.shape[0]!, -1]).arraySync()) as number[][];
}

const noise = (channels: number, size = 16) => Random.fromSeed(7).uniformTensor<tf.Rank.R4>([BATCH, size, size, channels], -1, 1);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('changes nothing where the probability is 0, and a share of the pictures otherwise', () => {
  tf.tidy(() => {
    const pictures = noise(3);
    const differences = (probability: number) => {
      const each = tf.max(tf.abs(tf.sub(changed(pictures, ['colour'], probability), pictures)), [1, 2, 3]);
      return [...each.dataSync()].filter((difference) => difference > 1e-5).length;
    };
    expect(tf.max(tf.abs(tf.sub(changed(pictures, ALL, 0), pictures))).dataSync()[0]).toBeLessThan(1e-6);
    expect(differences(1)).toBe(BATCH);
    // Within three deviations of 20 of 40.
    expect(differences(0.5)).toBeGreaterThan(10);
    expect(differences(0.5)).toBeLessThan(30);
  });
});

test('colour: brightness by -0.5 … 0.5, contrast by 0.5 … 1.5, saturation by 0 … 2', () => {
  const grey = noise(1);
  const before = tf.tidy(() => grey.reshape([BATCH, -1]).arraySync()) as number[][];
  const contrasts = rows(grey, 'colour').map((after, i) => {
    const [was, is] = [mean(before[i]!), mean(after)];
    expect(Math.abs(is - was)).toBeLessThanOrEqual(0.5);
    const contrast = (after[0]! - is) / (before[i]![0]! - was);
    for (const [j, value] of after.entries()) expect(value - is).toBeCloseTo(contrast * (before[i]![j]! - was), 4);
    return contrast;
  });
  expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(0.5);
  expect(Math.max(...contrasts)).toBeLessThanOrEqual(1.5);
  expect(Math.max(...contrasts) - Math.min(...contrasts)).toBeGreaterThan(0.7);

  // Pictures of one colour have no contrast of place; red minus blue is what saturation and contrast both multiply.
  const red = tf.tidy(() => tf.mul(tf.ones([BATCH, 4, 4, 1]), tf.tensor4d([0.4, 0, -0.4], [1, 1, 1, 3])));
  const ratios = rows(red, 'colour').map(([r, g, b]) => {
    expect(r! + b!).toBeCloseTo(2 * g!, 4);
    return (r! - b!) / 0.8;
  });
  expect(Math.max(...ratios)).toBeLessThanOrEqual(3);
  expect(Math.min(...ratios)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...ratios)).toBeGreaterThan(1.5);
  tf.dispose([grey, red]);
});

test('translation: by whole pixels up to an eighth of the side, both ways, 0 coming in', () => {
  const pictures = tf.tidy(() =>
    tf.tile(tf.oneHot(tf.tensor1d([8 * 16 + 8], 'int32'), 256).reshape([1, 16, 16, 1]), [BATCH, 1, 1, 1]),
  );
  const places = rows(pictures, 'translation').map((values) => {
    expect(values.filter((value) => value !== 0)).toEqual([1]);
    const place = values.indexOf(1);
    return [Math.floor(place / 16) - 8, (place % 16) - 8];
  });
  for (const axis of [0, 1]) {
    const shifts = new Set(places.map((place) => place[axis]!));
    expect([...shifts].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  }
  // Independent of each other.
  expect(new Set(places.map(String)).size).toBeGreaterThan(12);
  pictures.dispose();
});

test.each([16, 14])('cutout: a square of half the side, cut off at the border, in pictures of %i pixels', (size) => {
  const ones = tf.ones([BATCH, size, size, 1]);
  const sizes = rows(ones, 'cutout').map((values) => {
    const cut = values.flatMap((value, place) => (value === 0 ? [[Math.floor(place / size), place % size]] : []));
    const [height, width] = [0, 1].map((axis) => new Set(cut.map((place) => place[axis]!)).size) as [number, number];
    expect(cut).toHaveLength(height * width);
    expect(values.filter((value) => value === 1)).toHaveLength(size * size - cut.length);
    return [height, width];
  });
  expect(Math.max(...sizes.flat())).toBe(size / 2);
  expect(Math.min(...sizes.flat())).toBeGreaterThanOrEqual(size / 4);
  ones.dispose();
});

test('the gradient goes through all of it, and that of its square too', async () => {
  const pictures = Random.fromSeed(3).uniformTensor<tf.Rank.R4>([3, 6, 6, 3], -1, 1);
  const curved = (x: tf.Tensor) => tf.sum(tf.pow(changed(x, ALL), 3)) as tf.Scalar;
  const squaredSlope = (x: tf.Tensor) => tf.sum(tf.square(tf.grad(curved)(x))) as tf.Scalar;
  for (const f of [curved, squaredSlope]) {
    const gradient = tf.tidy(() => tf.grad(f)(pictures).dataSync());
    const largest = Math.max(...gradient.map(Math.abs));
    const values = pictures.dataSync();
    for (let entry = 0; entry < values.length; entry += 29) {
      const at = (step: number) => {
        const moved = values.slice();
        moved[entry]! += step;
        return tf.tidy(() => f(tf.tensor(moved, pictures.shape)).dataSync()[0]!);
      };
      expect(Math.abs((at(1e-2) - at(-1e-2)) / 2e-2 - gradient[entry]!) / largest).toBeLessThan(0.01);
    }
  }
  pictures.dispose();
});
