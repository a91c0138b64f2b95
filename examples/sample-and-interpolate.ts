/**
 * Draws from a generator: samples by seed, tamer ones, the way between two of them, and arithmetic on ideas.
 *
 *   pnpm sample-and-interpolate --run PATH_OF_A_RUN --out some-folder
 *
 * What to expect: four PNG files. Without a run a small generator is trained for some seconds first, so its pictures are only blots; those of
 * a trained run change smoothly from the left end of each row of interpolation.png to the right.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { combineLatents, type LatentDistribution, type LatentSpace, latentSpace, Random, train } from '@polygan/core';
import { loadModel, Run, useEngine } from '@polygan/core/node';
import { digits } from '@polygan/datasets/node';
import { dcgan } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';
import * as tf from '@tensorflow/tfjs';

const { values: flags } = parseArgs({ options: { run: { type: 'string' }, out: { type: 'string' } } });
await useEngine();
const out = flags.out ?? (await mkdtemp(path.join(tmpdir(), 'polygan-')));
const { generator, latent } = flags.run ? await fromRun(flags.run) : await trainedForSeconds();

/** Writes what the generator makes of latent points, `[batch, dimensions]`, as one grid. */
async function draw(name: string, points: tf.Tensor2D, columns: number): Promise<void> {
  const samples = tf.tidy(() => generator.predict(points) as tf.Tensor);
  await pictureFiles({ columns }).writePreview(samples, path.join(out, name));
  tf.dispose([samples, points]);
  console.log(path.join(out, name));
}

// The same seed gives the same pictures, on every machine.
await draw('samples.png', latent.sample(16, Random.fromSeed(7)), 4);

// Nearer to the middle of the latent space: less variety, more typical pictures.
await draw('typical.png', latent.sample(16, Random.fromSeed(7), { truncation: 0.5 }), 4);

// Four ways, each from one point to another, along the sphere where the points of a normal space lie.
const fractions = Array.from({ length: 8 }, (_, i) => i / 7);
const ways = tf.tidy(() => {
  const from = latent.sample(4, Random.fromSeed('from')).split(4);
  const to = latent.sample(4, Random.fromSeed('to')).split(4);
  return tf.concat2d(
    from.map((start, i) => latent.defaultInterpolation(start, to[i]!, fractions)),
    0,
  );
});
await draw('interpolation.png', ways, fractions.length);

// The first picture, less the second, plus the third: with the means of points that share a trait, this moves the trait.
const [a, b, c] = latent.sample(3, Random.fromSeed('terms')).split(3) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
const sum = combineLatents([
  { z: a, weight: 1 },
  { z: b, weight: -1 },
  { z: c, weight: 1 },
]);
await draw('arithmetic.png', tf.concat2d([a, b, c, sum], 0), 4);

/** The generator that a run keeps, and the space it draws from. */
async function fromRun(directory: string): Promise<{ generator: tf.LayersModel; latent: LatentSpace }> {
  const run = await Run.open(directory);
  const { latent: distribution, latentDimensions } = run.record.model.options as {
    latent: LatentDistribution;
    latentDimensions: number;
  };
  return {
    generator: await loadModel(run.modelDirectory),
    latent: latentSpace({ distribution, dimensions: latentDimensions }),
  };
}

async function trainedForSeconds(): Promise<{ generator: tf.LayersModel; latent: LatentSpace }> {
  const gan = dcgan({ size: 28, channels: 1, width: 8 });
  for await (const { step } of train(gan, await digits(), { steps: 60 })) console.log(`training, step ${step}`);
  return { generator: gan.sampler, latent: gan.latent };
}
