import * as tf from '@tensorflow/tfjs';
import { afterAll, expect } from 'vitest';
import '../index.js';

/** Values that are the same on every backend: a fixed pattern without structure. */
export function sample(shape: number[], seed = 1, scale = 1): tf.Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  let state = seed * 7919;
  const values = Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state / 2 ** 32) * 2 - 1) * scale;
  });
  return tf.tensor(values, shape);
}

async function on(
  backend: string,
  compute: () => tf.Tensor | tf.Tensor[],
): Promise<Array<{ shape: number[]; dtype: string; values: number[] }>> {
  await tf.setBackend(backend);
  const results = tf.tidy(() => [compute()].flat());
  const read = await Promise.all(
    results.map(async (tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, values: [...(await tensor.data())] as number[] })),
  );
  tf.dispose(results);
  return read;
}

/** Checks that a computation gives on `onnx` what it gives on tfjs's own `cpu`. */
export async function expectSame(compute: () => tf.Tensor | tf.Tensor[], tolerance = 1e-4): Promise<void> {
  const expected = await on('cpu', compute);
  const actual = await on('onnx', compute);
  expect(actual.length).toBe(expected.length);
  expected.forEach((tensor, index) => {
    expect(actual[index]!.shape).toEqual(tensor.shape);
    expect(actual[index]!.dtype).toBe(tensor.dtype);
    const largest = Math.max(1, ...tensor.values.map((value) => Math.abs(value)).filter(Number.isFinite));
    tensor.values.forEach((value, position) => {
      const got = actual[index]!.values[position]!;
      if (Number.isFinite(value))
        expect(Math.abs(got - value), `element ${position}: ${got} for ${value}`).toBeLessThanOrEqual(tolerance * largest);
      else expect(got).toEqual(value);
    });
  });
}

afterAll(() => tf.setBackend('cpu'));
