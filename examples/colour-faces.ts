/**
 * Colours grey pictures: a GAN makes each picture from another, and has several answers where many are right.
 *
 *   pnpm colour-faces --steps 1500 --out some-folder
 *
 * What to expect: by default it learns for some seconds only, and colours are wrong everywhere. After 1,500 steps (8 minutes of a core) each row of
 * coloured.png is a grey face that it has not seen, the face as it was, and six guesses: the same face each time, its colours likely ones, and not the same.
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inMemoryDataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { faces } from '@polygan/datasets/node';
import { dcgan, reducedPictures } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';
import * as tf from '@tensorflow/tfjs';

const { values: flags } = parseArgs({ options: { steps: { type: 'string', default: '20' }, out: { type: 'string' } } });
const steps = Number(flags.steps);
const out = flags.out ?? (await mkdtemp(path.join(tmpdir(), 'polygan-')));
await mkdir(out, { recursive: true });
await useEngine();

// Each face comes with its brightness, which is all that the generator is given beside a latent point.
const data = reducedPictures(inMemoryDataset((await faces()).image), 'grey');
const gan = dcgan({ size: 32, channels: 3, fromChannels: 1, width: 32, discriminatorNorm: 'spectral', latentDimensions: 64 });
for await (const { step, metrics } of train(gan, data, {
  steps,
  batchSize: 32,
  loss: 'hinge',
  reportEvery: Math.ceil(steps / 10),
})) {
  console.log(`learning to colour faces, step ${step}: ${metrics['loss/distance']!.toFixed(3)} off`);
}

const ROWS = 6;
const GUESSES = 6;
const unseen = reducedPictures(inMemoryDataset((await faces({ split: 'test' })).image), 'grey');
const { samples: real, conditions } = await unseen.batch([...Array(ROWS).keys()]);
const rows: tf.Tensor[] = [];
for (let row = 0; row < ROWS; row++) {
  const grey = conditions!.slice(row, 1);
  const guesses = await gan.sample(GUESSES, { seed: row, conditions: grey });
  rows.push(tf.tidy(() => tf.concat([tf.tile(grey, [1, 1, 1, 3]), real.slice(row, 1), guesses])));
  tf.dispose([grey, guesses]);
}
const file = path.join(out, 'coloured.png');
await pictureFiles({ columns: 2 + GUESSES }).writePreview(tf.concat(rows), file);
console.log(file);
