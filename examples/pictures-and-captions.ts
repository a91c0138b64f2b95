/**
 * Two modalities in one app: faces and what they look like in words. Trains both under one latent space, keeps the run in a folder as `polygan` does, then lets
 * words ask for faces, and says what is to be seen on a face.
 *
 *   pnpm pictures-and-captions --minutes 60
 *
 * What to expect: by default it learns for some seconds only, and everything is noise. The report in the folder shows faces and words over time.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Batch, type Dataset, inMemoryDataset } from '@polygan/core';
import { jointFiles, trainInRun, useEngine } from '@polygan/core/node';
import { faces } from '@polygan/datasets/node';
import { dcganParts } from '@polygan/image';
import { pictureFiles } from '@polygan/image/node';
import { jointDataset, multimodalGan } from '@polygan/multimodal';
import { latentTextParts, learnTokenizer } from '@polygan/text';
import * as tf from '@tensorflow/tfjs';

const { values: flags } = parseArgs({ options: { minutes: { type: 'string', default: '0.1' }, out: { type: 'string' } } });
const CODE = 32;

const { name: engine } = await useEngine();
const { size, image, texts, fingerprint } = await faces();
const tokenizer = learnTokenizer(texts, { tokens: 'word' });
const length = Math.max(...texts.map((text) => tokenizer.encode(text).length));

const modalities = {
  image: dcganParts({ size: 32, channels: 3, width: 16, latentDimensions: CODE + 32, discriminatorNorm: 'spectral' }),
  text: latentTextParts({ tokenizer, length, width: 48, blocks: 1, latentDimensions: CODE + 8 }),
};
const gan = multimodalGan({ modalities, codeDimensions: CODE });
const captions: Dataset<Batch> = {
  size,
  fingerprint,
  batch: async (indices) => ({ samples: modalities.text.modality.encode(indices.map((index) => texts[index]!)) }),
};
const data = jointDataset({ parts: { image: { dataset: inMemoryDataset(image) }, text: { dataset: captions } } });

const out = flags.out ?? path.join(await mkdtemp(path.join(tmpdir(), 'polygan-')), 'faces');
const about = { modality: 'multimodal', engine, data: { source: 'faces', options: {}, fingerprint: data.fingerprint, size } };
const files = jointFiles({ image: pictureFiles(), text: modalities.text.modality });
// Spectral normalisation goes with the hinge loss.
const options = { minutes: Number(flags.minutes), batchSize: 32, modalities: { image: { loss: 'hinge' } } } as const;
for await (const report of trainInRun(out, about, gan, data, options, { files, previewCount: 16 })) {
  console.log(report.step, report.stage?.name, report.metrics);
}

// Words ask for faces: the same words four times, four answers.
const asked = 'a smiling person with long red hair, glasses and a blue shirt';
const words = modalities.text.modality.encode(Array(4).fill(asked));
const answers = gan.translate({ text: words }, ['image'], { seed: 1 });
await pictureFiles({ columns: 4 }).writePreview(answers.image!, path.join(out, 'asked-for.png'));
// And a face is put into words.
const face = await data.batch([0]);
const said = gan.translate({ image: face.samples.image! }, ['text']);
console.log(`"${texts[0]}" is seen as "${(await modalities.text.modality.decode(said.text!))[0]}"`);
console.log(`Look at ${path.join(out, 'report.html')} and asked-for.png beside it.`);
tf.dispose([words, answers, face, said] as unknown as tf.TensorContainer);
gan.dispose();
