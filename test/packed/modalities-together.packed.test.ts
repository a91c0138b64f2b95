import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installed, install } from './installed.js';

let installed: Installed;

beforeAll(() => {
  installed = install('@polygan/multimodal', '@polygan/image', '@polygan/audio', '@polygan/text');
});

afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

/** Three modalities, each of its own package, under one latent space. */
const MODEL = `
import { inMemoryDataset } from '@polygan/core';
import { jointFiles, loadModel, trainInRun, useEngine } from '@polygan/core/node';
import { dcganParts } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';
import { waveGanParts } from '@polygan/audio';
import { soundFiles } from '@polygan/audio/node';
import { latentTextParts, learnTokenizer } from '@polygan/text';
import { jointDataset, multimodalGan } from '@polygan/multimodal';

const { name: engine } = await useEngine();
const words = ['a bear', 'one bird'];
const tokenizer = learnTokenizer(words, { tokens: 'word' });
const modalities = {
  image: dcganParts({ size: 16, channels: 1, width: 2, latentDimensions: 16, discriminatorNorm: 'spectral' }),
  audio: waveGanParts({ length: 4096, sampleRate: 8000, width: 2, latentDimensions: 16, latent: 'normal' }),
  text: latentTextParts({ tokenizer, length: 2, width: 4, blocks: 1, latentDimensions: 16 }),
};
const gan = multimodalGan({ modalities, codeDimensions: 8 });
const summary = async () => {
  const { image, audio, text } = await gan.sample(4, { seed: 7 });
  const heard = gan.translate({ image }, ['audio'], { seed: 3 }).audio;
  const sums = [];
  for (const samples of [image, audio, heard]) sums.push((await samples.data()).reduce((sum, value, i) => sum + value * Math.cos(i), 0));
  console.log(JSON.stringify({ engine, sums, texts: await modalities.text.modality.decode(text) }));
};
`;

const TRAIN = `${MODEL}
const samples = (shape, wave) => inMemoryDataset({
  values: Float32Array.from({ length: 8 * shape.reduce((a, b) => a * b) }, (_, i) => 0.5 * Math.sin(i / wave)), sampleShape: shape, fingerprint: String(wave),
});
const texts = { size: 8, fingerprint: 'texts', batch: async (rows) => ({ samples: modalities.text.modality.encode(rows.map((row) => words[row % 2])) }) };
const data = jointDataset({ parts: { image: { dataset: samples([16, 16, 1], 3) }, audio: { dataset: samples([4096, 1], 5) }, text: { dataset: texts } } });
const about = { modality: 'multimodal', engine, data: { source: 'waves', options: {}, fingerprint: data.fingerprint, size: data.size } };
const files = jointFiles({ image: pictureFiles(), audio: soundFiles({ sampleRate: 8000 }), text: modalities.text.modality });
for await (const _ of trainInRun('run', about, gan, data, { steps: 2, batchSize: 4 }, { files, previewCount: 2 }));
await summary();
`;

const LOAD = `${MODEL}
const take = async (network, folder) => network.setWeights((await loadModel(folder)).getWeights());
await take(gan.sampler, 'run/model');
for (const [name, reader] of Object.entries(gan.readers)) await take(reader, 'run/model/' + name);
await summary();
`;

interface Summary {
  readonly engine: string;
  readonly sums: readonly number[];
  readonly texts: readonly string[];
}

test('brings the modalities that were asked for, on one core', () => {
  const ours = installed.packages.filter((name) => name.startsWith('@polygan/'));
  expect(ours.sort()).toEqual(
    ['audio', 'core', 'image', 'multimodal', 'text', 'tfjs-backend-onnx'].map((name) => `@polygan/${name}`),
  );
});

test('what is trained in one process makes the same things in another, and translates alike', () => {
  const trained = installed.run('train.mjs', TRAIN) as Summary;
  const loaded = installed.run('load.mjs', LOAD) as Summary;
  expect(trained.engine).toBe('onnx');
  expect(trained.sums.every((sum) => Number.isFinite(sum) && sum !== 0)).toBe(true);
  expect(loaded).toEqual(trained);
});
