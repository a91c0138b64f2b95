import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installed, install } from './installed.js';

let installed: Installed;

beforeAll(() => {
  installed = install('@polygan/image');
});

afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

/** Trains a small DCGAN for some steps and writes a picture: what the package is for, in 15 lines. */
const ESM = (picture: string) => `
import { inMemoryDataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { dcgan } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';

const engine = await useEngine();
const values = Uint8Array.from({ length: 64 * 16 * 16 }, (_, i) => (i % 16 < 8 ? 0 : 255));
const data = inMemoryDataset({ values, sampleShape: [16, 16, 1], fingerprint: 'stripes' });
const gan = dcgan({ size: 16, channels: 1, width: 4 });
const losses = [];
for await (const { metrics } of train(gan, data, { steps: 4, batchSize: 8, reportEvery: 2 })) losses.push(metrics['loss/generator']);
await pictureFiles().writePreview(await gan.sample(9), '${picture}');
console.log(JSON.stringify({ engine, losses }));
`;

const COMMONJS = (picture: string) => `
const { OptionsError, inMemoryDataset, train } = require('@polygan/core');
const { useEngine } = require('@polygan/core/node');
const { dcgan } = require('@polygan/image');
const { pictureFiles } = require('@polygan/image/node');

async function main() {
  const engine = await useEngine();
  const pixels = (value) => Float32Array.from({ length: 64 * 16 * 16 }, () => value);
  const data = inMemoryDataset({ values: pixels(1), sampleShape: [16, 16, 1], fingerprint: 'white' });
  const gan = dcgan({ size: 16, channels: 1, width: 4 });
  const losses = [];
  for await (const { metrics } of train(gan, data, { steps: 4, batchSize: 8, reportEvery: 2 })) losses.push(metrics['loss/generator']);
  await pictureFiles().writePreview(await gan.sample(9), '${picture}');
  let refused;
  try {
    dcgan({ sise: 16 });
  } catch (error) {
    refused = error instanceof OptionsError && error.message;
  }
  console.log(JSON.stringify({ engine, losses, refused }));
}
main();
`;

interface Outcome {
  readonly engine: {
    readonly name: string;
    readonly passedOver: ReadonlyArray<{ readonly name: string; readonly reason: string }>;
  };
  readonly losses: readonly number[];
  readonly refused?: string;
}

function expectTrained({ losses }: Outcome, picture: string): void {
  expect(losses).toHaveLength(2);
  expect(losses.every(Number.isFinite)).toBe(true);
  const png = readFileSync(path.join(installed.folder, picture));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
}

test('brings the fast engine, and one copy of TensorFlow.js', () => {
  expect(installed.packages).toContain('onnxruntime-node');
  expect(installed.packages).toContain('@polygan/tfjs-backend-onnx');
  expect(installed.packages.filter((name) => name.startsWith('@tensorflow/tfjs-core'))).toEqual(['@tensorflow/tfjs-core']);
});

test('brings nothing of other modalities, and nothing that is there to build it', () => {
  const ours = installed.packages.filter((name) => name.startsWith('@polygan/') || name === 'polygan');
  expect(ours.sort()).toEqual(['@polygan/core', '@polygan/image', '@polygan/tfjs-backend-onnx']);
  for (const name of ['wavefile', 'vitest', 'tsup', 'typescript']) expect(installed.packages).not.toContain(name);
});

describe('trains a DCGAN on the fast engine and writes a picture', () => {
  test('from an ES module', () => {
    const outcome = installed.run('train.mjs', ESM('esm.png')) as Outcome;
    expect(outcome.engine.name).toBe('onnx');
    expectTrained(outcome, 'esm.png');
  });

  test("from CommonJS, where errors are of core's classes as well", () => {
    const outcome = installed.run('train.cjs', COMMONJS('cjs.png')) as Outcome;
    expect(outcome.engine.name).toBe('onnx');
    expect(outcome.refused).toContain("did you mean 'size'?");
    expectTrained(outcome, 'cjs.png');
  });
});

test('without the native library, trains on another engine and says why in one line', () => {
  // What npm leaves when the install script of an optional dependency fails.
  for (const name of ['onnxruntime-node', '@polygan/tfjs-backend-onnx']) {
    rmSync(path.join(installed.folder, 'node_modules', name), { recursive: true });
  }
  const outcome = installed.run('train.mjs', ESM('other.png')) as Outcome;
  expect(outcome.engine.name).toBe('wasm');
  const reason = outcome.engine.passedOver.find(({ name }) => name === 'onnx')?.reason;
  expect(reason).toMatch(/^.*tfjs-backend-onnx.*$/);
  expectTrained(outcome, 'other.png');
});
