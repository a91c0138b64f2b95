import { expect, it } from 'vitest';
import { fakePictureSamples, fakePictures } from './fake-pictures.js';

it('makes batches in the range of the networks, with the shape as class', async () => {
  const dataset = fakePictures({ count: 10, size: 16, channels: 3, classes: 3 });
  expect(dataset.size).toBe(10);
  expect(dataset.classNames).toEqual(['disc', 'square', 'triangle']);
  const { samples, labels } = await dataset.batch([0, 4, 8]);
  expect(samples.shape).toEqual([3, 16, 16, 3]);
  expect([...(await labels!.data())]).toEqual([0, 1, 2]);
  const values = await samples.data();
  expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...values)).toBe(1);
  samples.dispose();
  labels!.dispose();
});

it('is the same for the same seed only', () => {
  const { values } = fakePictureSamples({ count: 4, seed: 5 });
  expect(fakePictureSamples({ count: 4, seed: 5 }).values).toEqual(values);
  expect(fakePictureSamples({ count: 4, seed: 6 }).values).not.toEqual(values);
});

it('keeps a picture when more are asked for', () => {
  const { values } = fakePictureSamples({ count: 3, channels: 1 });
  expect(fakePictureSamples({ count: 5, channels: 1 }).values.subarray(0, values.length)).toEqual(values);
});

it('draws each shape differently: a disc covers more than a ring of the same picture', () => {
  const bright = (label: number) => {
    const { values, labels } = fakePictureSamples({ count: 60, classes: 6, channels: 1 });
    return [...labels!].reduce(
      (sum, l, i) => sum + (l === label ? values.subarray(i * 1024, (i + 1) * 1024).filter((v) => v > 80).length : 0),
      0,
    );
  };
  expect(bright(0)).toBeGreaterThan(bright(4));
});

it.each([
  [{ count: 0 }, /'count' must be a whole number from 1, got 0/],
  [{ size: 4 }, /'size' must be a whole number from 8/],
  [{ classes: 9 }, /'classes' must be a whole number from 1 up to 6, got 9/],
  [{ channels: 4 as 3 }, /'channels' must be one of 1, 3, got 4/],
])('refuses %o', (options, message) => {
  expect(() => fakePictures(options)).toThrow(message);
});
