import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Random } from '@polygan/core';
import { loadModel } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { readNpy } from '../npy.js';

/**
 * Samples `[count, height, width, channels]` in -1 … 1: the first ones of a `.npy` file of bytes, or drawn from the generator of a run folder.
 * The caller owns them.
 *
 * @throws if the file holds fewer
 */
export async function readSamples(source: string, count: number, seed: number): Promise<tf.Tensor4D> {
  if ((await stat(source)).isDirectory()) return drawSamples(source, count, seed);
  const { shape, values } = await readNpy(source);
  if (shape.length !== 4 || shape[0]! < count)
    throw new Error(`${source} holds an array [${shape}]; expected at least ${count} pictures`);
  const [, height, width, channels] = shape as [number, number, number, number];
  return tf.tensor4d(bytesToRange(values.subarray(0, count * height * width * channels)), [count, height, width, channels]);
}

/** Bytes 0 … 255 as -1 … 1. */
export function bytesToRange(bytes: ArrayLike<number>): Float32Array {
  return Float32Array.from(bytes, (byte) => byte / 127.5 - 1);
}

/** From a latent space of normal points, a run's default. */
async function drawSamples(run: string, count: number, seed: number): Promise<tf.Tensor4D> {
  const generator = await loadModel(path.join(run, 'model'));
  const points = Random.fromSeed(seed).normalTensor<tf.Rank.R2>([count, generator.inputs[0]!.shape[1]!]);
  const samples = generator.predict(points, { batchSize: 250 }) as tf.Tensor4D;
  await samples.data();
  points.dispose();
  generator.dispose();
  return samples;
}
