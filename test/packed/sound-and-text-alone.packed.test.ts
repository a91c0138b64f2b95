import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installed, install } from './installed.js';

const FOREIGN = ['sharp', 'vitest', 'tsup', 'typescript'];

describe('@polygan/audio', () => {
  let installed: Installed;
  beforeAll(() => {
    installed = install('@polygan/audio');
  });
  afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

  test('brings nothing of other modalities', () => {
    const ours = installed.packages.filter((name) => name.startsWith('@polygan/'));
    expect(ours.sort()).toEqual(['@polygan/audio', '@polygan/core', '@polygan/tfjs-backend-onnx']);
    for (const name of FOREIGN) expect(installed.packages).not.toContain(name);
  });

  test('trains a WaveGAN and writes a WAV', () => {
    const outcome = installed.run(
      'train.mjs',
      `
import { inMemoryDataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { waveGan } from '@polygan/audio';
import { soundFiles } from '@polygan/audio/node';

const { name } = await useEngine();
const values = Float32Array.from({ length: 8 * 4096 }, (_, i) => 0.5 * Math.sin(i / 5));
const data = inMemoryDataset({ values, sampleShape: [4096, 1], fingerprint: 'tone' });
const gan = waveGan({ length: 4096, sampleRate: 8000, width: 4 });
const losses = [];
for await (const { metrics } of train(gan, data, { steps: 2, batchSize: 4, reportEvery: 1 })) losses.push(metrics['loss/generator']);
await soundFiles({ sampleRate: 8000 }).writeEach(await gan.sample(2), '.', 0);
console.log(JSON.stringify({ name, losses }));
`,
    ) as { name: string; losses: number[] };
    expect(outcome.name).toBe('onnx');
    expect(outcome.losses.every(Number.isFinite)).toBe(true);
    const wav = readFileSync(path.join(installed.folder, '000001.wav'));
    expect([wav.toString('latin1', 0, 4), wav.toString('latin1', 8, 12)]).toEqual(['RIFF', 'WAVE']);
    expect(wav.length).toBeGreaterThan(2 * 4096);
  });
});

describe('@polygan/text', () => {
  let installed: Installed;
  beforeAll(() => {
    installed = install('@polygan/text');
  });
  afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

  test('brings nothing of other modalities', () => {
    const ours = installed.packages.filter((name) => name.startsWith('@polygan/'));
    expect(ours.sort()).toEqual(['@polygan/core', '@polygan/text', '@polygan/tfjs-backend-onnx']);
    for (const name of [...FOREIGN, 'wavefile']) expect(installed.packages).not.toContain(name);
  });

  test('trains a language model on a text file and writes texts, from CommonJS too', () => {
    writeFileSync(
      path.join(installed.folder, 'texts.txt'),
      Array.from({ length: 40 }, (_, i) => `ab${'c'.repeat(i % 5)}${i}`).join('\n'),
    );
    const outcome = installed.run(
      'train.cjs',
      `
const { train } = require('@polygan/core');
const { useEngine } = require('@polygan/core/node');
const { languageModel, textModality } = require('@polygan/text');
const { openTexts } = require('@polygan/text/node');

async function main() {
  const { name } = await useEngine();
  const data = await openTexts('texts.txt', { tokens: 'character' });
  const { tokenizer, length } = data;
  const model = languageModel({ vocabulary: tokenizer.vocabulary.length, length, hidden: 16 });
  for await (const _ of train(model, data, { steps: 150, batchSize: 16 }));
  const texts = await textModality({ tokenizer, length }).decode(await model.sample(20));
  console.log(JSON.stringify({ name, texts }));
}
main();
`,
    ) as { name: string; texts: string[] };
    expect(outcome.name).toBe('onnx');
    expect(outcome.texts).toHaveLength(20);
    expect(outcome.texts.filter((text) => text.startsWith('ab')).length).toBeGreaterThan(10);
  });
});
