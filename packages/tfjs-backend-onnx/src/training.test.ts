import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnnxMemoryInfo, registerOnnxBackend } from './index.js';

beforeAll(() => tf.setBackend('onnx'));
afterAll(() => tf.setBackend('cpu'));

const memory = () => tf.memory() as tf.MemoryInfo & OnnxMemoryInfo;

/** Pictures with a bright upper or lower half, and which half it is. */
function halves(count: number): { x: tf.Tensor4D; y: tf.Tensor2D } {
  return tf.tidy(() => {
    const lower = tf.range(0, count).mod(2);
    const rows = tf.range(0, 8).greaterEqual(4).cast('float32');
    const bright = lower
      .reshape([count, 1])
      .mul(2)
      .sub(1)
      .mul(rows.mul(2).sub(1).reshape([1, 8]));
    const noise = tf.randomNormal([count, 8, 8, 1], 0, 0.5, 'float32', 3);
    return { x: bright.reshape([count, 8, 1, 1]).add(noise) as tf.Tensor4D, y: lower.reshape([count, 1]) as tf.Tensor2D };
  });
}

function convnet(): tf.Sequential {
  const model = tf.sequential();
  const initializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  model.add(
    tf.layers.conv2d({
      inputShape: [8, 8, 1],
      filters: 16,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      kernelInitializer: initializer(1),
    }),
  );
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.reLU());
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dropout({ rate: 0.1, seed: 5 }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: initializer(2) }));
  return model;
}

describe('training', () => {
  it('fits a convolutional classifier with model.fit', async () => {
    const model = convnet();
    const optimizer = tf.train.adam(0.01);
    const { x, y } = halves(64);
    model.compile({ optimizer, loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    const { history } = await model.fit(x, y, { epochs: 4, batchSize: 16, shuffle: false, verbose: 0 });
    expect(history.loss!.at(-1)).toBeLessThan(history.loss![0] as number);
    expect(history.acc!.at(-1)).toBeGreaterThan(0.95);
    model.dispose();
    optimizer.dispose();
    tf.dispose([x, y]);
  });

  it('keeps tensors, graphs and idle buffers constant over many steps', async () => {
    const model = convnet();
    const optimizer = tf.train.adam(0.001);
    const { x, y } = halves(16);
    const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const step = async () => {
      const loss = optimizer.minimize(
        () => tf.losses.sigmoidCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor2D),
        true,
        weights,
      )!;
      await loss.data();
      loss.dispose();
    };
    for (let count = 0; count < 5; count++) await step();
    const before = memory();
    for (let count = 0; count < 100; count++) await step();
    const { numTensors, numDataBuffers, numSessions, numCompiledGraphs, numBytesIdle } = memory();
    expect({ numTensors, numDataBuffers, numSessions, numCompiledGraphs }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
      numSessions: before.numSessions,
      numCompiledGraphs: before.numCompiledGraphs,
    });
    expect(numBytesIdle).toBeLessThanOrEqual(before.numBytesIdle * 2);
    model.dispose();
    optimizer.dispose();
    tf.dispose([x, y]);
  });

  it('gives the second order gradients of a convolution that finite differences give', () => {
    const x = tf.tidy(() => tf.randomNormal([1, 6, 6, 16], 0, 1, 'float32', 1)) as tf.Tensor4D;
    const w = tf.tidy(() => tf.randomNormal([4, 4, 16, 16], 0, 0.1, 'float32', 2)) as tf.Tensor4D;
    const penalty = (filter: tf.Tensor) =>
      tf
        .grad((input) =>
          tf
            .conv2d(input as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same')
            .square()
            .sum(),
        )(x)
        .square()
        .sum();
    tf.tidy(() => {
      const direction = tf.randomNormal(w.shape, 0, 1, 'float32', 3);
      const slope = tf.grad(penalty)(w).mul(direction).sum().dataSync()[0]!;
      const size = 1e-3;
      const ahead = penalty(w.add(direction.mul(size))).dataSync()[0]!;
      const behind = penalty(w.sub(direction.mul(size))).dataSync()[0]!;
      expect(Math.abs((ahead - behind) / (2 * size) / slope - 1)).toBeLessThan(0.01);
    });
    tf.dispose([x, w]);
  });
});

describe('backends', () => {
  it('of different names do not disturb each other', async () => {
    registerOnnxBackend({ name: 'onnx-other', threads: 1, maxSessions: 2 });
    const here = tf.tensor1d([1, 2]);
    const sum = tf.tidy(() => here.add(1));
    await tf.setBackend('onnx-other');
    const there = tf.tidy(() => sum.mul(10));
    expect([...(await there.data())]).toEqual([20, 30]);
    for (let size = 1; size < 6; size++) tf.tidy(() => tf.ones([size]).exp().dataSync());
    expect(memory().numSessions).toBeLessThanOrEqual(2);
    await tf.setBackend('onnx');
    expect([...(await sum.data())]).toEqual([2, 3]);
    tf.dispose([here, sum, there]);
    tf.removeBackend('onnx-other');
  });

  it('refuse options that are not theirs, and options that come too late', () => {
    expect(() => registerOnnxBackend({ thread: 2 } as never)).toThrow(/unknown option 'thread'/);
    expect(() => registerOnnxBackend({ name: 'onnx-bad', threads: 0 })).toThrow(/positive integer/);
    expect(() => registerOnnxBackend({ threads: 1 })).toThrow(/in use/);
  });

  it('time and profile what they run', async () => {
    const x = tf.tidy(() => tf.randomNormal([64, 64], 0, 1, 'float32', 1)) as tf.Tensor2D;
    const { kernelMs } = await tf.time(() => tf.dispose(tf.tidy(() => tf.matMul(x, x).sum())));
    expect(kernelMs).toBeGreaterThan(0);
    const { newTensors, kernelNames, result } = await tf.profile(() => tf.matMul(x, x));
    expect(newTensors).toBe(1);
    expect(kernelNames).toEqual(['BatchMatMul']);
    tf.dispose([x, result as tf.Tensor]);
  });
});

describe('sampling', () => {
  it('draws categories as often as they are likely, the same for the same seed', async () => {
    const draw = (seed: number) =>
      tf.tidy(() => tf.multinomial(tf.tensor2d([[0.1, 0.6, 0.3]]).log() as tf.Tensor2D, 2000, seed)).dataSync();
    tf.engine().startScope();
    const draws = draw(7);
    const share = (category: number) => draws.filter((drawn) => drawn === category).length / draws.length;
    expect(share(0)).toBeCloseTo(0.1, 1);
    expect(share(1)).toBeCloseTo(0.6, 1);
    expect([...draw(7)]).toEqual([...draws]);
    tf.engine().endScope();
  });
});

describe('worker threads', () => {
  it('have backends of their own', async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('./index.ts', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      define: { 'import.meta.url': JSON.stringify(import.meta.url) },
      write: false,
    });
    const script = `${outputFiles[0]!.text}
      const tf = require('@tensorflow/tfjs');
      const { parentPort, workerData } = require('node:worker_threads');
      tf.setBackend('onnx').then(async () => {
        const x = tf.ones([16, 16]).mul(workerData);
        let product = x;
        for (let step = 0; step < 20; step++) product = tf.matMul(product, x).div(16 * workerData);
        parentPort.postMessage((await product.mean().data())[0]);
      });`;
    const answers = await Promise.all(
      [1, 2, 3].map(
        (workerData) =>
          new Promise((resolve, reject) => {
            const worker = new Worker(script, { eval: true, workerData });
            worker.once('message', resolve);
            worker.once('error', reject);
          }),
      ),
    );
    expect(answers).toEqual([1, 2, 3]);
  });
});
