/**
 * Learns digits and outlines of digits together, of which no two are of the same digit: nobody shows it a pair, as in the paper on coupled GANs (1606.07536). One
 * latent point then gives a digit and its own outline, because the two generators have all layers but the last in common.
 *
 *   pnpm digits-and-outlines --minutes 20
 *
 * What to expect: by default it learns for some seconds only, and everything is noise. It prints for how many pixels an outline is that of its digit, and for how
 * many it is that of another one: the first has to come out above the second.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Batch, type Dataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { digits } from '@polygan/datasets/node';
import { dcganParts } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';
import { coupledGan, jointDataset } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '0.1' },
    threads: { type: 'string' },
    out: { type: 'string' },
    // With 9 nothing but the trunk and the head is in common.
    'own-layers': { type: 'string', default: '1' },
  },
});
const SIZE = 28;
const LATENT = 64;

/** What is bright beside a picture's strokes, -1 … 1: the brightest of the neighbours less the pixel itself. */
function outlinesOf(pictures: tf.Tensor): tf.Tensor4D {
  return tf.tidy(() => {
    const light = tf.div(tf.add(pictures, 1), 2) as tf.Tensor4D;
    return tf.sub(tf.mul(tf.sub(tf.maxPool(light, 3, 1, 'same'), light), 2), 1) as tf.Tensor4D;
  });
}

/** The share of pixels that are bright or dark in both, as the paper counts. */
async function agreement(some: tf.Tensor, others: tf.Tensor): Promise<number> {
  const share = tf.tidy(() => tf.mean(tf.cast(tf.greater(tf.mul(some, others), 0), 'float32')));
  const [value] = await share.data();
  share.dispose();
  return value!;
}

await useEngine('auto', flags.threads ? { threads: Number(flags.threads) } : {});
const pictures = await digits();
const outlines: Dataset<Batch> = {
  size: pictures.size,
  fingerprint: `outlines of ${pictures.fingerprint}`,
  async batch(...asked) {
    const { samples, labels } = await pictures.batch(...asked);
    const batch = { samples: outlinesOf(samples) };
    tf.dispose([samples, ...(labels ? [labels] : [])]);
    return batch;
  },
};
// The first half of the rows are digits, the others outlines of other digits: -1 is where a row lacks the form.
const rows = Array.from({ length: pictures.size }, (_, row) => row);
const isDigit = (row: number) => 2 * row < pictures.size;
const data = jointDataset({
  parts: {
    digit: { dataset: pictures, indices: rows.map((row) => (isDigit(row) ? row : -1)) },
    outline: { dataset: outlines, indices: rows.map((row) => (isDigit(row) ? -1 : row)) },
  },
});

const parts = { size: SIZE, channels: 1, width: 16, latentDimensions: LATENT, discriminatorNorm: 'spectral' } as const;
const modalities = { digit: dcganParts(parts), outline: dcganParts({ ...parts, seed: 1 }) };
const gan = coupledGan({ modalities, latentDimensions: LATENT, ownLayers: Number(flags['own-layers']) });

// Spectral normalisation goes with the hinge loss.
const hinge = { digit: { loss: 'hinge' }, outline: { loss: 'hinge' } } as const;
for await (const report of train(gan, data, { minutes: Number(flags.minutes), batchSize: 32, modalities: hinge })) {
  const { digit, outline } = await gan.sample(256, { seed: 1 });
  const expected = outlinesOf(digit!);
  const others = tf.reverse(expected, 0);
  console.log(report.step, 'of its digit', await agreement(outline!, expected), 'of another', await agreement(outline!, others));
  tf.dispose([digit, outline, expected, others] as unknown as tf.TensorContainer);
}

// Eight pairs, and below what the outlines of eight real digits are: found by gradient steps on the latent point, which is how the paper does it.
const out = flags.out ?? (await mkdtemp(path.join(tmpdir(), 'polygan-')));
const pairs = await gan.sample(8, { seed: 2 });
const real = (await pictures.batch([0, 1, 2, 3, 4, 5, 6, 7])).samples;
const { codes, own, before, after } = await gan.refine({ digit: real }, { steps: 50 });
const found = gan.generateFrom(codes, own);
console.log(`digits found again: ${after.toFixed(2)} away, from ${before.toFixed(2)}`);
const shown = tf.concat([pairs.digit!, pairs.outline!, real, found.digit!, found.outline!]);
await pictureFiles({ columns: 8 }).writePreview(shown, path.join(out, 'pairs.png'));
console.log(
  `Look at ${path.join(out, 'pairs.png')}: digits and outlines from the same points; real digits, as they were found, and their outlines.`,
);
tf.dispose([pairs, real, codes, own, found, shown] as unknown as tf.TensorContainer);
gan.dispose();
