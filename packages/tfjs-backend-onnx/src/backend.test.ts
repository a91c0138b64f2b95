import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnnxBackend, type OnnxMemoryInfo, registerOnnxBackend } from './index.js';

const memory = () => tf.memory() as tf.MemoryInfo & OnnxMemoryInfo;

beforeAll(() => tf.setBackend('onnx'));
afterAll(() => tf.setBackend('cpu'));

describe('reading', () => {
  it('gives values at once and later', async () => {
    const x = tf.tensor1d([1, 2, 3]);
    const y = tf.tidy(() => x.mul(2));
    expect([...y.dataSync()]).toEqual([2, 4, 6]);
    const z = y.add(x);
    expect([...(await z.data())]).toEqual([3, 6, 9]);
    tf.dispose([x, y, z]);
  });

  it('sees the values that an array had when it became a tensor', async () => {
    const array = Float32Array.of(1, 2);
    const x = tf.tensor1d(array);
    const y = tf.tidy(() => x.add(1));
    array.fill(9);
    expect([...(await y.data())]).toEqual([2, 3]);
    tf.dispose([x, y]);
  });

  it('leaves values that were read unchanged when their tensor is gone', async () => {
    const read = tf.tidy(() => tf.range(0, 4096).mul(2).dataSync());
    for (let step = 0; step < 3; step++) {
      const other = tf.tidy(() => tf.range(0, 4096).mul(step));
      await other.data();
      other.dispose();
    }
    expect(read[4095]).toBe(8190);
  });

  it('keeps the type of a tensor, also to and from another backend', async () => {
    for (const dtype of ['float32', 'int32', 'bool'] as const) {
      const x = tf.tensor1d([1, 0], dtype);
      const before = [...(await x.data())];
      await tf.setBackend('cpu');
      const there = tf.clone(x);
      const moved = tf.concat([there, there]);
      await tf.setBackend('onnx');
      const back = tf.concat([moved, x]);
      expect(back.dtype).toBe(dtype);
      expect([...(await back.data())]).toEqual([...before, ...before, ...before]);
      tf.dispose([x, there, moved, back]);
    }
    const words = tf.tensor1d(['a', 'ß']);
    expect(await words.data()).toEqual(['a', 'ß']);
    words.dispose();
  });
});

describe('memory of graphs', () => {
  it('is given back by a large graph that others followed, and taken again', async () => {
    const x = tf.range(0, 9e6);
    const large = async () => {
      const sums = tf.tidy(() => tf.stack([x.mul(0).exp().sum(), x.mul(0).cos().mean()]));
      const values = [...(await sums.data())];
      sums.dispose();
      return values;
    };
    for (let run = 0; run < 4; run++) expect(await large()).toEqual([9e6, 1]);
    const { numCompiledGraphs } = memory();
    const awake = process.memoryUsage.rss();
    for (let run = 0; run < 100; run++) tf.tidy(() => tf.add(run, 1).dataSync());
    // Both functions' results are alive at one time: 72 MB.
    expect(awake - process.memoryUsage.rss()).toBeGreaterThan(30e6);
    expect(await large()).toEqual([9e6, 1]);
    expect(memory().numCompiledGraphs).toBe(numCompiledGraphs + 1);
    x.dispose();
  });
});

describe('recording', () => {
  it('compiles a repeated step once, whatever its numbers', async () => {
    const weights = tf.tidy(() => tf.variable(tf.ones([4, 3])));
    const optimizer = tf.train.adam(0.01);
    const step = async (seed: number) => {
      const x = tf.randomNormal([8, 4], 0, 1, 'float32', seed);
      const loss = optimizer.minimize(
        () =>
          tf
            .matMul(x as tf.Tensor2D, weights as tf.Tensor2D)
            .square()
            .mean(),
        true,
      )!;
      const value = (await loss.data())[0]!;
      tf.dispose([x, loss]);
      return value;
    };
    await step(1);
    await step(2);
    const { numCompiledGraphs, numTensors } = memory();
    for (let seed = 3; seed < 20; seed++) expect(await step(seed)).toBeGreaterThan(0);
    expect(memory().numCompiledGraphs).toBe(numCompiledGraphs);
    expect(memory().numTensors).toBe(numTensors);
    optimizer.dispose();
    weights.dispose();
  });

  it('runs when the program awaits, and does equal work once', async () => {
    const x = tf.tensor1d([1, 2]);
    const a = x.exp();
    const b = x.exp();
    const { recorder } = tf.backend() as OnnxBackend;
    expect(recorder.sessions.compiled).toBe(memory().numCompiledGraphs);
    const before = recorder.sessions.compiled;
    await null;
    expect(recorder.sessions.compiled).toBe(before + 1);
    a.dispose();
    expect([...b.dataSync()]).toEqual([...Float32Array.of(Math.E, Math.E ** 2)]);
    tf.dispose([x, b]);
  });

  it('cuts a loop that never awaits at the same place each time', () => {
    registerOnnxBackend({ name: 'onnx-cut', maxRecordedNodes: 50 });
    tf.setBackend('onnx-cut');
    const weights = tf.tidy(() => tf.variable(tf.ones([2])));
    const optimizer = tf.train.sgd(0.001);
    const loop = (steps: number) => {
      for (let step = 0; step < steps; step++)
        optimizer.minimize(() => weights.square().sum().mul(weights.exp().sum()) as tf.Scalar, false, [weights]);
    };
    loop(100);
    const before = memory().numCompiledGraphs;
    loop(400);
    expect(memory().numCompiledGraphs - before).toBeLessThanOrEqual(1);
    expect(weights.dataSync()[0]).toBeLessThan(1);
    weights.dispose();
    optimizer.dispose();
    tf.setBackend('onnx');
    tf.removeBackend('onnx-cut');
  });

  it('tells the kernel and shapes of an error', async () => {
    const x = tf.tensor1d([1, 2, 3]);
    const y = tf.tidy(() => tf.gather(x, tf.tensor1d([7], 'int32').abs()));
    await expect(y.data()).rejects.toThrow(/Kernel GatherV2 failed \(Gather of float32 \[3\], int32 \[1\]/);
    tf.dispose([x, y]);
  });
});
