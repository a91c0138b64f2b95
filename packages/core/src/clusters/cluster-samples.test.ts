import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import type { Dataset } from '../data/dataset.js';
import { inMemoryDataset } from '../data/in-memory-dataset.js';
import { clusterSamples } from './cluster-samples.js';
import { clusteredDataset } from './clustered-dataset.js';

/** Samples of two numbers, and the numbers as they are for features. */
function pairs(values: readonly number[], labels?: readonly number[]): Dataset {
  return inMemoryDataset({
    values: Float32Array.from(values),
    sampleShape: [2],
    fingerprint: 'pairs',
    ...(labels && { labels: Int32Array.from(labels) }),
  });
}
const featuresOf = async (samples: tf.Tensor) => ({
  values: Float32Array.from(await samples.data()),
  rows: samples.shape[0]!,
  columns: 2,
});

/** Near (0, 0), (90, 10) and (10, 50) in turn. */
const around = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    [
      [0, 0],
      [90, 10],
      [10, 50],
    ][i % 3]!.map((at) => at + (i % 5) / 5),
  ).flat();

async function labelsOf(data: Dataset): Promise<number[]> {
  const { samples, labels } = await data.batch(Array.from({ length: data.size }, (_, i) => i));
  const found = [...(await labels!.data())];
  tf.dispose([samples, labels!]);
  return found;
}

test('samples that are alike are in one cluster, and a data set of them is labelled so', async () => {
  const data = pairs(around(30));
  const clusters = await clusterSamples(data, featuresOf, { clusters: 3, seed: 1 });
  expect(clusters.sizes).toEqual([10, 10, 10]);
  expect(clusters.classOf).toEqual([]);
  const labels = await labelsOf(clusteredDataset(data, clusters));
  expect(new Set(labels.slice(0, 3)).size).toBe(3);
  expect(labels).toEqual(labels.map((_, i) => labels[i % 3]));
  expect(await clusterSamples(data, featuresOf, { clusters: 3, seed: 1 })).toEqual(clusters);
});

test('within classes, a cluster is of one class though others be alike', async () => {
  const classes = Array.from({ length: 60 }, (_, i) => Math.floor(i / 30));
  const data = pairs(around(60), classes);
  const clusters = await clusterSamples(data, featuresOf, { clusters: 6, withinClasses: true });
  expect(clusters.classOf).toEqual([0, 0, 0, 1, 1, 1]);
  expect(clusters.sizes).toEqual([10, 10, 10, 10, 10, 10]);
  const labels = await labelsOf(clusteredDataset(data, clusters));
  expect(labels.map((label) => clusters.classOf[label])).toEqual(classes);
  await expect(clusterSamples(pairs(around(30)), featuresOf, { withinClasses: true })).rejects.toThrow('have no classes');
});

test('of very many, those that were not searched join the nearest', async () => {
  const shares: number[] = [];
  const onProgress = (share: number) => shares.push(share);
  const { sizes, members } = await clusterSamples(pairs(around(5301)), featuresOf, { clusters: 3, onProgress });
  expect(sizes).toEqual([1767, 1767, 1767]);
  const labels = members.split(' ');
  expect(labels).toEqual(labels.map((_, i) => labels[i % 3]));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test('there are one and a half times the root of the number of samples unless said otherwise', async () => {
  const spread = Array.from({ length: 200 }, (_, i) => (i * i) % 1009);
  expect((await clusterSamples(pairs(spread), featuresOf)).sizes).toHaveLength(15);
});

test('clusters of other data are refused', async () => {
  const clusters = await clusterSamples(pairs(around(30)), featuresOf, { clusters: 3 });
  expect(() => clusteredDataset(pairs(around(33)), clusters)).toThrow('clusters of 30 samples, and the data has 33');
});
