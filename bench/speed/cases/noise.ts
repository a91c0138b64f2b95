import { type Batch, type Dataset, inMemoryDataset, Random } from '@polygan/core';

/** `count` samples of uniform noise in -1 … 1. */
export function noise(sampleShape: readonly number[], count: number): Dataset<Batch> {
  const size = sampleShape.reduce((product, extent) => product * extent, count);
  const values = Random.fromSeed(0).fillUniform(new Float32Array(size), -1, 1);
  return inMemoryDataset({ values, sampleShape, fingerprint: 'noise' });
}
