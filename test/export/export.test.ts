import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Random } from '@polygan/core';
import { decodeSafetensors, type ExportedNetwork, exportRun, loadModel, Run, saveModel } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exported, MODELS, recordOf } from './models.js';

/** Largest difference between ONNX Runtime and tfjs, as a share of the largest output or of 1. */
const TOLERANCE = 1e-4;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-export-'));
  // In tests tfjs counts the data of each kernel, and takes weights that move between backends inside an operation for a leak.
  tf.env().set('IS_TEST', false);
});
afterAll(() => rm(folder, { recursive: true }));

/** A run with that model, each weight moved from where it begins, so that none of them is without effect. */
async function runOf(model: Exported): Promise<Run> {
  const run = await Run.create(await mkdtemp(path.join(folder, 'run-')), recordOf(model));
  const random = Random.fromSeed(model.kind);
  const networks = { '': model.sampler, ...model.readers };
  for (const [name, network] of Object.entries(networks)) {
    // Towards above, as variances have to be.
    tf.tidy(() => {
      network.setWeights(network.getWeights().map((weight) => tf.add(weight, tf.mul(0.1, random.uniformTensor(weight.shape)))));
    });
    await saveModel(path.join(run.modelDirectory, name), network, 1);
  }
  return run;
}

/** Inputs of any kind for a network: tokens within the smallest vocabulary, numbers else. */
function inputsFor({ inputs }: ExportedNetwork, batch: number): Record<string, tf.Tensor> {
  const random = Random.fromSeed(batch);
  return Object.fromEntries(
    inputs.map(({ name, shape, dtype }) => {
      const extents = shape.map((extent) => extent ?? batch);
      const values = random.uniformTensor(extents);
      const tensor = dtype === 'int32' ? tf.tidy(() => tf.cast(tf.mul(values, 8), 'int32')) : values;
      if (tensor !== values) values.dispose();
      return [name, tensor];
    }),
  );
}

describe.each(Object.entries(MODELS))('%s', (_, make) => {
  it('gives the same in ONNX Runtime, in Node and for the web, for batches of any size', async () => {
    const model = make();
    const run = await runOf(model);
    const out = path.join(folder, path.basename(run.directory), 'onnx');
    const networks = await exportRun(run, out, { to: 'onnx' });
    expect(networks.map(({ name }) => name).sort()).toEqual(['', ...Object.keys(model.readers ?? {})].sort());
    for (const network of networks) {
      const { file, inputs, outputs, difference } = network;
      const original = await loadModel(path.join(run.modelDirectory, network.name));
      const session = await InferenceSession.create(await readFile(file));
      expect([...session.inputNames, ...session.outputNames]).toEqual([...inputs, ...outputs].map(({ name }) => name));
      for (const batch of [1, 3]) {
        const given = inputsFor(network, batch);
        const feeds: Record<string, Tensor> = {};
        for (const [name, tensor] of Object.entries(given))
          feeds[name] = new Tensor(tensor.dtype as 'float32', (await tensor.data()) as Float32Array, tensor.shape);
        const results = await session.run(feeds);
        const expected = tf.tidy(() => {
          // Readers have inputs that are random in training, and 0 in use.
          const all = original.inputs.map(({ shape, dtype }, i) =>
            inputs[i]
              ? given[inputs[i].name]!
              : tf.zeros(
                  shape.map((extent) => extent ?? batch),
                  dtype,
                ),
          );
          return [original.predict(all.length === 1 ? all[0]! : all)].flat() as tf.Tensor[];
        });
        for (const [i, tensor] of expected.entries()) {
          const values = await tensor.data();
          const { data, dims } = results[outputs[i]!.name]!;
          expect(dims).toEqual(tensor.shape);
          const scale = Math.max(1, ...values.map(Math.abs));
          expect(difference.largest / scale).toBeLessThan(TOLERANCE);
          let largest = 0;
          for (const [at, value] of values.entries()) largest = Math.max(largest, Math.abs((data as Float32Array)[at]! - value));
          expect(largest / scale, `${outputs[i]!.name} of a batch of ${batch}`).toBeLessThan(TOLERANCE);
        }
        tf.dispose([given, expected]);
      }
      await session.release();
      original.dispose();
    }
    model.dispose();
  });
});

/** What a page has to import before plain `tf.loadLayersModel` opens a model; all others need nothing. */
const NEEDS: Readonly<Record<string, string>> = {
  'residualGan with attention': '@polygan/image',
  'residualGan with classes': '@polygan/core',
  'residualGan with classes and attributes': '@polygan/core',
  latentText: '@polygan/text',
  'latentText by convolutions': '@polygan/text',
  multimodalGan: '@polygan/multimodal, @polygan/text',
  coupledGan: '@polygan/text',
};

/** The packages that layers of ours belong to, by the names that stand in model files. */
const LAYERS: Readonly<Record<string, string>> = {
  PolyganConditionalBatchNormalization: '@polygan/core',
  PolyganAttentionSum: '@polygan/image',
  PolyganLearnedShare: '@polygan/image',
  PolyganStraightThrough: '@polygan/text',
  PolyganTokenDecoder: '@polygan/text',
  PolyganCodeMemory: '@polygan/multimodal',
  PolyganMannerMemory: '@polygan/multimodal',
  PolyganUnitLength: '@polygan/multimodal',
};

describe.each(Object.entries(MODELS))('%s', (name, make) => {
  it('has the layers of ours that the docs say', () => {
    const model = make();
    const classNames = [...JSON.stringify(model.sampler.toJSON(null, false)).matchAll(/"class_name":"(\w+)"/g)].map(
      ([, each]) => each!,
    );
    const packages = classNames.filter((each) => each.startsWith('Polygan')).map((each) => LAYERS[each]);
    expect([...new Set(packages)].sort().join(', ')).toBe(NEEDS[name] ?? '');
    model.dispose();
  });
});

it('safetensors have the weights by name, in 32 or 16 bits', async () => {
  const model = MODELS.dcgan!();
  const run = await runOf(model);
  const read = async (bits: 32 | 16) => {
    const out = path.join(folder, `safetensors-${bits}`);
    const [{ file, difference }] = (await exportRun(run, out, { to: 'safetensors', bits })) as [ExportedNetwork];
    const config = JSON.parse(await readFile(path.join(out, 'config.json'), 'utf8'));
    expect(config.networks[0].file).toBe('model.safetensors');
    expect(config.model.options.size).toBe(16);
    return { tensors: decodeSafetensors(await readFile(file)), difference };
  };
  const [whole, half] = [await read(32), await read(16)];
  expect(whole.difference.largest).toBe(0);
  expect(half.difference.largest).toBeGreaterThan(0);
  expect(half.difference.relative).toBeLessThan(0.01);
  for (const weight of model.sampler.weights) {
    const { values } = whole.tensors[weight.originalName]!;
    expect([...values]).toEqual([...(await weight.read().data())]);
  }
  await expect(exportRun(run, path.join(folder, 'eighths'), { to: 'safetensors', bits: 8 })).rejects.toThrow(
    /no weights of 8 bits/,
  );
  model.dispose();
});
