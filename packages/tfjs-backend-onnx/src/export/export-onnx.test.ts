import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../kernels/same-as-cpu.fixture.js';
import { type ExportInput, exportFunction, exportModel, openOnnx } from './index.js';

// In tests tfjs counts the data of each kernel, and takes weights that move between backends inside an operation for a leak.
beforeAll(() => tf.env().set('IS_TEST', false));
afterAll(() => tf.env().set('IS_TEST', true));

type Function = Parameters<typeof exportFunction>[0];

/** Runs a file for some size of the batch, and compares it with what tfjs's own CPU backend makes of the same numbers. */
async function expectSameInFile(f: Function, inputs: Record<string, ExportInput>, batches = [1, 3], tolerance = 1e-5) {
  const file = exportFunction(f, { inputs });
  const opened = await openOnnx(file);
  for (const batch of batches) {
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, dtype = 'float32' }], i) => {
        const extents = shape.map((extent) => extent ?? batch);
        const tensor = tf.tidy(() =>
          dtype === 'int32' ? tf.cast(tf.abs(tf.mul(sample(extents, i + 1), 5)), 'int32') : sample(extents, i + 1),
        );
        return [name, tensor];
      }),
    );
    const results = await opened.run(given);
    const expected = tf.tidy(() => f(given)) as Record<string, tf.Tensor>;
    expect(Object.keys(results).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, tensor] of Object.entries(expected)) {
      expect(results[name]!.shape).toEqual(tensor.shape);
      const got = [...(await results[name]!.data())];
      [...(await tensor.data())].forEach((value, i) => {
        expect(Math.abs(got[i]! - value), `${name}[${i}] of a batch of ${batch}`).toBeLessThanOrEqual(tolerance);
      });
    }
    tf.dispose([given, results, expected]);
  }
  await opened.dispose();
}

/** Operators and domains of a file, read by hand: ModelProto.graph is field 7, GraphProto.node 1, NodeProto.op_type 4 and domain 7. */
function operatorsOf(file: Uint8Array): string[] {
  return fields(file, 7).flatMap((graph) =>
    fields(graph, 1).map((node) =>
      [...fields(node, 7), ...fields(node, 4)].map((bytes) => new TextDecoder().decode(bytes)).join(':'),
    ),
  );
}

function fields(message: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const [field, wire] = [tag >> 3, tag & 7];
    if (wire === 0) varint();
    else if (wire === 5) at += 4;
    else {
      const length = varint();
      if (field === wanted) found.push(message.subarray(at, at + length));
      at += length;
    }
  }
  return found;
}

const NETWORKS: Record<string, () => tf.LayersModel> = {
  'dense layers with batch normalisation': () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 40, inputShape: [6], activation: 'relu' }),
        tf.layers.batchNormalization({ movingMeanInitializer: 'ones' }),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    }),
  'convolutions and pools': () =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: 'same', inputShape: [9, 8, 3], activation: 'elu' }),
        tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same' }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.globalAveragePooling2d({}),
      ],
    }),
  'transposed convolutions and upsampling': () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 4 * 4 * 16, inputShape: [5] }),
        tf.layers.reshape({ targetShape: [4, 4, 16] }),
        tf.layers.conv2dTranspose({ filters: 16, kernelSize: 5, strides: 2, padding: 'same' }),
        tf.layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
        tf.layers.conv2dTranspose({ filters: 1, kernelSize: 4, strides: 2, padding: 'same', activation: 'tanh' }),
      ],
    }),
  'an LSTM and a GRU': () =>
    tf.sequential({
      layers: [
        tf.layers.lstm({ units: 8, returnSequences: true, inputShape: [4, 3] }),
        tf.layers.gru({ units: 5, recurrentActivation: 'sigmoid' }),
      ],
    }),
};

describe('a model', () => {
  it.each(Object.entries(NETWORKS))('of %s gives in ONNX Runtime what it gives in tfjs', async (_, make) => {
    const model = make();
    const inputs = { x: { shape: model.inputs[0]!.shape } };
    await expectSameInFile(({ x }) => ({ y: model.apply(x!) as tf.Tensor }), inputs);
    const file = exportModel(model);
    expect(operatorsOf(file).length).toBeGreaterThan(0);
    expect(operatorsOf(file).filter((name) => name.includes(':'))).toEqual([]);
    model.dispose();
  });

  it('keeps the names of its weights, inputs and outputs, or has those that are wanted', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ name: 'first', units: 2, inputShape: [3] })] });
    const file = exportModel(model, { inputNames: ['latent'], outputNames: ['samples'], metadata: { kind: 'a try' } });
    const opened = await openOnnx(file);
    expect([...opened.inputNames, ...opened.outputNames]).toEqual(['latent', 'samples']);
    const text = new TextDecoder('latin1').decode(file);
    for (const name of ['first/kernel', 'first/bias', 'a try']) expect(text).toContain(name);
    await opened.dispose();
    expect(() => exportModel(model, { inputNames: ['a', 'b'] })).toThrow(/inputNames' must be 1 different names/);
    expect(() => exportModel(model, { inputNames: ['a'], outputNames: ['a'] })).toThrow(/'a' is the name of an input and/);
    model.dispose();
  });

  it('is used on as before', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer: 'ones' })] });
    const outputs = async () => {
      const y = tf.tidy(() => model.predict(tf.ones([1, 3])) as tf.Tensor);
      const values = [...(await y.data())];
      y.dispose();
      return values;
    };
    const before = await outputs();
    const backend = tf.getBackend();
    exportModel(model);
    expect(tf.getBackend()).toBe(backend);
    expect(await outputs()).toEqual(before);
    model.dispose();
  });

  it.each([
    [16, 2, 2e-3],
    [8, 4, 2e-2],
  ] as const)('in %d bits is a %dth as large', async (bits, part, off) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 100, inputShape: [200], activation: 'tanh' })] });
    const [whole, small] = [exportModel(model), exportModel(model, { bits })];
    expect(small.length / whole.length).toBeLessThan(1.05 / part + 0.02);
    const x = sample([1, 200]);
    const outputs = [whole, small].map(async (file) => {
      const opened = await openOnnx(file);
      const results = await opened.run({ [opened.inputNames[0]!]: x });
      const values = await results[opened.outputNames[0]!]!.data();
      tf.dispose(results);
      await opened.dispose();
      return values;
    });
    const [exact, rounded] = await Promise.all(outputs);
    const differences = [...exact!].map((value, i) => Math.abs(value - rounded![i]!));
    expect(Math.max(...differences)).toBeLessThan(off);
    expect(Math.max(...differences)).toBeGreaterThan(0);
    x.dispose();
    model.dispose();
  });
});

describe('a function', () => {
  const pair = { x: { shape: [null, 4] } };

  it.each<[string, Function, Record<string, ExportInput>]>([
    [
      'products of matrices that lie the other way',
      ({ x, y }) => ({ z: tf.matMul(x!, y!, true, true) }),
      { x: { shape: [5, null] }, y: { shape: [3, 5] } },
    ],
    ['zeros for each sample', ({ x }) => ({ z: tf.concat([x!, tf.zeros([x!.shape[0]!, 2])], 1) }), pair],
    ['numbers of samples', ({ x }) => ({ z: tf.add(x!, tf.reshape(tf.range(0, x!.shape[0]!), [-1, 1])) }), pair],
    ['the size of the batch', ({ x }) => ({ z: tf.add(x!, tf.fill([4], x!.shape[0]!)), w: tf.mean(x!, 0) }), pair],
    ['the last samples', ({ x }) => ({ z: tf.slice(x!, [x!.shape[0]! - 1, 0], [1, 4]) }), pair],
    ['two results that are one', ({ x }) => ({ z: tf.neg(x!), w: tf.neg(x!) }), pair],
    ['an input handed on', ({ x }) => ({ z: tf.clone(x!) }), pair],
    [
      'looking up by tokens',
      ({ t }) => ({ z: tf.gather(tf.range(0, 12).reshape([6, 2]), t!) }),
      { t: { shape: [null, 3], dtype: 'int32' } },
    ],
    ['the likeliest, one-hot', ({ x }) => ({ z: tf.oneHot(tf.argMax(x!, -1), 4), i: tf.argMax(x!, -1) }), pair],
    ['largest values', ({ x }) => ({ z: tf.topk(x!, 2).values, m: tf.max(x!, 1), n: tf.logSumExp(x!, 1) }), pair],
  ])('with %s', (_, f, inputs) => expectSameInFile(f, inputs));

  it('that reads values, or depends on the size of the batch in other ways, is refused', () => {
    const inputs = { x: { shape: [null, 4] } };
    expect(() => exportFunction(({ x }) => ({ y: tf.mul(x!, x!.dataSync()[0]!) }), { inputs })).toThrow(/computes nothing/);
    expect(() => exportFunction(({ x }) => ({ y: tf.mul(x!, tf.neg(x!).dataSync()[0]!) }), { inputs })).toThrow(
      /last kernel: Neg/,
    );
    const odd: Function = ({ x }) => ({ y: x!.shape[0]! > 1010 ? tf.neg(x!) : tf.exp(x!) });
    expect(() => exportFunction(odd, { inputs })).toThrow(/depends on the size of the batch/);
    expect(() => exportFunction(({ x }) => ({ y: x! }), { inputs, bits: 4 as 8 })).toThrow(/must be 32, 16 or 8, not 4/);
  });
});
