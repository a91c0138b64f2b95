/**
 * Trains a picture, a sound and words of digits under one shared latent space, without telling it which digit is which; then makes new ones in all three forms,
 * and turns a handwritten digit into sound and words.
 *
 *   pnpm digits-in-three-forms --minutes 30
 *
 * What to expect: by default it learns for some seconds only, and everything is noise. The share of pairs told apart shows what it knows of the digits: with
 * ten kinds and batches of 32 it can reach about 35 %, because several rows of a batch are of the same kind.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { waveGanParts } from '@polygan/audio';
import { soundFiles } from '@polygan/audio/node';
import { type Batch, type Dataset, inMemoryDataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { digitTriples } from '@polygan/datasets/node';
import { dcganParts } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';
import { type JointSamples, jointDataset, multimodalGan } from '@polygan/multimodal';
import { latentTextParts, learnTokenizer } from '@polygan/text';
import * as tf from '@tensorflow/tfjs';

const { values: flags } = parseArgs({ options: { minutes: { type: 'string', default: '0.2' }, out: { type: 'string' } } });
const CODE = 32;

await useEngine();
const digits = await digitTriples({ split: 'train', count: 10_000 });
const tokenizer = learnTokenizer(digits.texts, { tokens: 'word' });
const length = Math.max(...digits.texts.map((text) => tokenizer.encode(text).length));

// Each modality's generator takes the shared code, and a private part for what the other forms do not show: the hand, the voice, the phrasing.
const modalities = {
  image: dcganParts({ size: 28, channels: 1, width: 16, latentDimensions: CODE + 32, discriminatorNorm: 'spectral' }),
  audio: waveGanParts({ length: 8192, sampleRate: 8000, width: 16, latent: 'normal', latentDimensions: CODE + 16 }),
  text: latentTextParts({ tokenizer, length, latentDimensions: CODE + 8 }),
};
const gan = multimodalGan({ modalities, codeDimensions: CODE });

const texts: Dataset<Batch> = {
  size: digits.size,
  fingerprint: digits.fingerprint,
  batch: async (indices) => ({ samples: modalities.text.modality.encode(indices.map((index) => digits.texts[index]!)) }),
};
const data = jointDataset({
  parts: {
    image: { dataset: inMemoryDataset(digits.image.samples), indices: digits.image.indices },
    audio: { dataset: inMemoryDataset(digits.audio.samples), indices: digits.audio.indices },
    text: { dataset: texts },
  },
});

// Spectral normalisation goes with the hinge loss.
const training = { minutes: Number(flags.minutes), batchSize: 32, modalities: { image: { loss: 'hinge' } } } as const;
for await (const { step, stage, metrics } of train(gan, data, training)) console.log(step, stage?.name, metrics);

const out = flags.out ?? (await mkdtemp(path.join(tmpdir(), 'polygan-')));
const write = async (name: string, { image, audio, text }: JointSamples) => {
  if (image) await pictureFiles().writePreview(image, path.join(out, `${name}.png`));
  if (audio) await soundFiles({ sampleRate: 8000 }).writePreview(audio, path.join(out, `${name}.wav`));
  if (text) await writeFile(path.join(out, `${name}.txt`), (await modalities.text.modality.decode(text)).join('\n'));
};

const made = await gan.sample(16, { seed: 1 });
await write('made-up', made);
const { samples, present } = await data.batch([0, 1, 2, 3]);
const translated = gan.translate({ image: samples.image! });
await write('from-pictures', translated);
console.log(`Look at ${out}.`);
tf.dispose([made, samples, present, translated] as unknown as tf.TensorContainer);
gan.dispose();
