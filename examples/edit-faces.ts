/**
 * Edits pictures in the latent space of a GAN: reads real faces back into it, makes them smile, goes along directions that nobody named, and tames samples.
 *
 *   pnpm edit-faces --steps 6000 --out some-folder
 *
 * What to expect: by default it learns for some seconds only, and all faces are blots. After 6,000 steps (14 minutes of a slow core) the faces in
 * reconstruction.png are the same people in both rows, and in smile.png most mouths turn from left to right.
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { combineLatents, inMemoryDataset, Random, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { faces } from '@polygan/datasets/node';
import { dcgan, inversionEncoder, invertPictures, semanticDirections, trainInversionEncoder } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';
import * as tf from '@tensorflow/tfjs';

const { values: flags } = parseArgs({ options: { steps: { type: 'string', default: '30' }, out: { type: 'string' } } });
const steps = Number(flags.steps);
const out = flags.out ?? (await mkdtemp(path.join(tmpdir(), 'polygan-')));
await mkdir(out, { recursive: true });
await useEngine();

const { image, attributes } = await faces();
const data = inMemoryDataset(image);
const gan = dcgan({ size: 32, channels: 3, width: 16, discriminatorNorm: 'spectral', latentDimensions: 64 });
for await (const { step } of train(gan, data, { steps, batchSize: 32, loss: 'hinge', reportEvery: Math.ceil(steps / 10) })) {
  console.log(`learning to make faces, step ${step}`);
}
const encoder = inversionEncoder(gan);
for await (const { step, metrics } of trainInversionEncoder(encoder, gan, {
  steps: Math.ceil(steps / 3),
  reportEvery: Math.ceil(steps / 15),
})) {
  console.log(`learning to read them, step ${step}: ${metrics.loss!.toFixed(2)} off`);
}

/** The latent points of the first faces of which this holds. */
async function pointsOf(count: number, holds: (index: number) => boolean): Promise<{ real: tf.Tensor; points: tf.Tensor2D }> {
  const indices = [...attributes.keys()].filter(holds).slice(0, count);
  const { samples: real } = await data.batch(indices);
  const { points, errors } = await invertPictures(gan, real, encoder);
  const error = errors.reduce((sum, each) => sum + each, 0) / errors.length;
  console.log(`${count} faces read back, mean squared error ${error.toFixed(3)}`);
  return { real, points };
}

/** Writes pictures as one grid. */
async function draw(name: string, pictures: tf.Tensor, columns: number): Promise<void> {
  await pictureFiles({ columns }).writePreview(pictures, path.join(out, name));
  console.log(path.join(out, name));
}

const COLUMNS = 8;
const sad = await pointsOf(64, (index) => attributes[index]!.mood === 'sad');
const smiling = await pointsOf(64, (index) => attributes[index]!.mood === 'smiling');

// Real faces, and below each what the generator makes of the point where it was found.
const again = tf.tidy(() => tf.concat([sad.real.slice(0, COLUMNS), gan.generate(sad.points.slice(0, COLUMNS))]));
await draw('reconstruction.png', again, COLUMNS);

// What smiling faces have more of than sad ones, as they lie in the latent space: each row is one sad face that is given more and more of it.
const smile = combineLatents([{ z: smiling.points, weight: 1 }, { z: sad.points, weight: -1 }]); // biome-ignore format: a sum
const cheered = tf.tidy(() =>
  tf.concat([0, 1, 2, 3, 4].map((share) => gan.generate(tf.add(sad.points.slice(0, COLUMNS), tf.mul(share / 2, smile))))),
);
await draw('smile.png', cheered, COLUMNS);

// What the generator's first layer stretches most: each row goes along one direction, the middle being the face itself.
const { directions } = await semanticDirections(gan, 4);
const ways = tf.tidy(() => {
  const face = smiling.points.slice(0, 1);
  const along = directions
    .split(4)
    .flatMap((direction) => [-6, -4, -2, 0, 2, 4, 6].map((far) => tf.add(face, tf.mul(far, direction))));
  return gan.generate(tf.concat(along) as tf.Tensor2D);
});
await draw('directions.png', ways, 7);

// The same eight points, drawn nearer and nearer to the middle of the space: less variety, more typical faces.
const tamed = tf.tidy(() =>
  tf.concat([1, 0.7, 0.4].map((truncation) => gan.generate(gan.latent.sample(COLUMNS, Random.fromSeed(7), { truncation })))),
);
await draw('truncation.png', tamed, COLUMNS);
gan.dispose();
