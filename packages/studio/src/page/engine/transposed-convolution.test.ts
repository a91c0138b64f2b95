import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, test } from 'vitest';
import { speedUpTransposedConvolution } from './transposed-convolution.js';

beforeAll(async () => {
  setWasmPaths(`${path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  speedUpTransposedConvolution('wasm');
});

type Shape = readonly [number, number, number, number];

/** What an engine makes of random maps and weights that depend on nothing but their shapes. */
async function made(
  backend: string,
  given: Shape,
  filter: Shape,
  shape: Shape,
  strides: readonly [number, number],
  pad: 'same' | 'valid',
) {
  await tf.setBackend(backend);
  return tf.tidy(() =>
    tf
      .conv2dTranspose(
        tf.randomNormal<tf.Rank.R4>([...given], 0, 1, 'float32', 1),
        tf.randomNormal<tf.Rank.R4>([...filter], 0, 1, 'float32', 2),
        [...shape],
        [...strides],
        pad,
      )
      .dataSync(),
  );
}

test.each([
  ['pictures doubled by kernels of 4', [2, 5, 5, 6], [4, 4, 3, 6], [2, 10, 10, 3], [2, 2], 'same'],
  ['pictures doubled by kernels of 5', [2, 4, 3, 6], [5, 5, 3, 6], [2, 8, 6, 3], [2, 2], 'same'],
  ['an odd side', [1, 4, 4, 2], [5, 5, 3, 2], [1, 7, 7, 3], [2, 2], 'same'],
  ['sounds', [2, 16, 1, 8], [25, 1, 4, 8], [2, 64, 1, 4], [4, 1], 'same'],
  ['sounds that lie', [2, 1, 16, 8], [1, 25, 4, 8], [2, 1, 64, 4], [1, 4], 'same'],
  ['no stride', [1, 6, 6, 2], [3, 3, 4, 2], [1, 6, 6, 4], [1, 1], 'same'],
  ['no padding', [1, 3, 3, 2], [4, 4, 4, 2], [1, 8, 8, 4], [2, 2], 'valid'],
  ['more than the kernel reaches', [1, 3, 3, 2], [3, 3, 4, 2], [1, 8, 8, 4], [2, 2], 'valid'],
  ['kernels narrower than the stride', [1, 3, 3, 2], [2, 2, 4, 2], [1, 9, 9, 4], [3, 3], 'same'],
] as const)('%s come out as on the engine cpu', async (_, given, filter, shape, strides, pad) => {
  const [fast, right] = [
    await made('wasm', given, filter, shape, strides, pad),
    await made('cpu', given, filter, shape, strides, pad),
  ];
  expect(fast).toHaveLength(right.length);
  expect(Math.max(...fast.map((value, i) => Math.abs(value - right[i]!)))).toBeLessThan(1e-4);
});
