import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { digitOfPhrase } from '@polygan/datasets';
import { featureNetwork } from '@polygan/datasets/node';
import { pictureModality } from '@polygan/image';
import { readPicture } from '@polygan/image/node';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

const at = (name: string) => path.join(folder, name);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-trained-'));
});
afterAll(() => rm(folder, { recursive: true }));

capturedOutput();
const ENGINE = ['--engine', 'onnx', '--threads', '1'];

/** How many of the pictures of a folder show the digit, by a classifier that was trained on real ones. */
async function showing(digit: number, pictures: string): Promise<number> {
  const network = await featureNetwork('digits');
  const names = await readdir(pictures);
  const read = await Promise.all(names.map((name) => readPicture(path.join(pictures, name), { size: 28, channels: 1 })));
  const samples = pictureModality({ size: 28, channels: 1 }).encode(read);
  const seen = tf.tidy(() => (network.predict(samples) as tf.Tensor).argMax(1));
  const shown = (await seen.data()).filter((found) => found === digit).length;
  tf.dispose([seen, samples]);
  network.dispose();
  return shown;
}

test('the model that comes with polygan shows what is said, and says what is shown', async () => {
  const model = 'digits-in-three-forms';
  expect(
    await main([
      'translate',
      model,
      '--text',
      'the number 7',
      '--to',
      'image',
      '--count',
      '10',
      '--out',
      at('sevens'),
      ...ENGINE,
    ]),
  ).toBe(0);
  const [pictures] = (await readdir(at('sevens'), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const directory = at(`sevens/${pictures!.name}`);
  expect(await showing(7, directory)).toBeGreaterThanOrEqual(8);

  const [first] = await readdir(directory);
  const picture = path.join(directory, first!);
  expect(
    await main(['translate', model, '--image', picture, '--to', 'text', '--count', '10', '--out', at('said'), ...ENGINE]),
  ).toBe(0);
  const lines = (await readFile(at('said/metadata.jsonl'), 'utf8')).trim().split('\n');
  const digits = lines.map((line) => digitOfPhrase((JSON.parse(line) as { text: string }).text));
  expect(digits.filter((digit) => digit === 7).length).toBeGreaterThanOrEqual(7);
});
