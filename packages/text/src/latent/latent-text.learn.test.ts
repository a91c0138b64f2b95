import { train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { copies } from '../metrics/copies.js';
import { learnTokenizer } from '../tokens/learn-tokenizer.js';
import { tokenRows } from '../tokens/token-rows.js';
import { latentText } from './latent-text.js';

/** Words of the forms CVCV and CVCVC, of which a third are shown; a text is right if it has one of these forms. */
const CONSONANTS = 'bdklmnrst';
const VOWELS = 'aeiou';
const RIGHT = new RegExp(`^([${CONSONANTS}][${VOWELS}]){2}[${CONSONANTS}]?$`);
const ALL = [...CONSONANTS].flatMap((a) =>
  [...VOWELS].flatMap((b) =>
    [...CONSONANTS].flatMap((c) => [...VOWELS].flatMap((d) => ['', ...CONSONANTS].map((e) => a + b + c + d + e))),
  ),
);
const SHOWN = ALL.filter((_, i) => i % 3 === 0);

it('makes words of the right form that it was not shown, and reads words into the space they come from', async () => {
  await useEngine();
  const tokenizer = learnTokenizer(SHOWN);
  const tokens = SHOWN.map((word) => tokenizer.encode(word));
  const data = {
    size: SHOWN.length,
    fingerprint: 'syllables',
    batch: async (indices: readonly number[]) => ({
      samples: tf.tensor2d(
        tokenRows(
          indices.map((index) => tokens[index]!),
          5,
        ),
        [indices.length, 5],
        'int32',
      ),
    }),
  };
  const model = latentText({ tokenizer, length: 5, latentDimensions: 12, width: 48 });
  for await (const _ of train(model, data, { steps: 2500, reportEvery: 500, autoencodingSteps: 1500 }));

  const samples = await model.sample(500);
  const words = await model.modality.decode(samples);
  // A draw of each place by its frequency has one of the forms in 5 of 100 cases.
  expect(words.filter((word) => RIGHT.test(word)).length / words.length).toBeGreaterThan(0.8);
  const { fromData, repeated } = copies(
    words.map((word) => tokenizer.encode(word)),
    tokens,
  );
  expect(fromData).toBeLessThan(0.6);
  expect(repeated).toBeLessThan(0.2);

  const given = model.modality.encode(SHOWN.slice(0, 200));
  const points = model.encode(given);
  const again = model.generate(points);
  const back = (await model.modality.decode(again)).filter((word, i) => word === SHOWN[i]);
  expect(back.length / 200).toBeGreaterThan(0.5);
  tf.dispose([samples, given, points, again]);
  model.dispose();
});
