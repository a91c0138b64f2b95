import { expect, it } from 'vitest';
import { digitSamples, digits } from './digits.js';

it('holds ten thousand digits in two parts that share none', async () => {
  const train = await digitSamples();
  const test = await digitSamples({ split: 'test' });
  expect(train.labels).toHaveLength(9003);
  expect(test.labels).toHaveLength(997);
  const count = (label: number, labels: ArrayLike<number>) => Array.from(labels).filter((l) => l === label).length;
  expect(count(0, test.labels!)).toBe(100);
  expect(count(5, train.labels!) + count(5, test.labels!)).toBe(863);
  const pictures = (values: Uint8Array | Float32Array) =>
    Array.from({ length: values.length / 784 }, (_, i) => values.subarray(i * 784, (i + 1) * 784).join());
  const seen = new Set(pictures(train.values));
  expect(pictures(test.values).filter((picture) => seen.has(picture))).toEqual([]);
});

it('gives batches of white strokes on black', async () => {
  const dataset = await digits({ split: 'test' });
  expect(dataset.classNames?.[7]).toBe('7');
  const { samples, labels } = await dataset.batch([0, 996]);
  expect(samples.shape).toEqual([2, 28, 28, 1]);
  expect([...(await labels!.data())]).toEqual([0, 9]);
  const values = await samples.data();
  expect(values[0]).toBe(-1);
  expect(Math.max(...values)).toBeGreaterThan(0.9);
  samples.dispose();
  labels!.dispose();
});

it('refuses an unknown split', async () => {
  await expect(digits({ split: 'valid' as 'test' })).rejects.toThrow(
    "digits: 'split' must be one of 'train', 'test', got 'valid'",
  );
});
