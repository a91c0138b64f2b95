import { train, Vae } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { learnTokenizer } from '../tokens/learn-tokenizer.js';
import { convolutionalTextVaeParts } from './convolutional-text-vae.js';

const TEXTS = ['a red cat', 'a blue dog', 'one red dog', 'one blue cat'];

test('texts come back from their points', async () => {
  const tokenizer = learnTokenizer(TEXTS, { tokens: 'word' });
  const parts = convolutionalTextVaeParts({ tokenizer, length: 4, latentDimensions: 4, width: 16, blocks: 1 });
  const vae = new Vae(parts);
  const data = {
    size: TEXTS.length,
    fingerprint: 'texts',
    batch: async (rows: readonly number[]) => ({ samples: parts.modality.encode(rows.map((row) => TEXTS[row]!)) }),
  };
  for await (const _ of train(vae, data, { steps: 80, batchSize: 4, beta: 0.1, optimizer: { learningRate: 0.01 } }));
  const texts = parts.modality.encode(TEXTS);
  const again = vae.reconstruct(texts);
  expect(await parts.modality.decode(again)).toEqual(TEXTS);
  tf.dispose([texts, again]);
  vae.dispose();
});
