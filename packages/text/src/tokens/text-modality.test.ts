import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { learnTokenizer } from './learn-tokenizer.js';
import { END } from './special-tokens.js';
import { oneHotTextModality, textModality } from './text-modality.js';

const tokenizer = learnTokenizer(['ab', 'bcc']);

it('makes rows of tokens, filled up with ends, and reads them back', async () => {
  const modality = textModality({ tokenizer, length: 4 });
  const rows = modality.encode(['ab', '', 'bcca']);
  expect(rows.dtype).toBe('int32');
  expect(rows.shape).toEqual([3, ...modality.sampleShape]);
  expect([...(await rows.data())].slice(2, 8)).toEqual(Array(6).fill(END));
  expect(await modality.decode(rows)).toEqual(['ab', '', 'bcca']);
  rows.dispose();
});

it('makes one-hot rows, and reads relaxed ones', async () => {
  const modality = oneHotTextModality({ tokenizer, length: 3 });
  const rows = modality.encode(['ab', 'bcc']);
  expect(rows.shape).toEqual([2, 3, 5]);
  const relaxed = tf.tidy(() => tf.softmax(tf.mul(rows, 2)));
  expect(await modality.decode(relaxed)).toEqual(['ab', 'bcc']);
  tf.dispose([rows, relaxed]);
});

it('refuses texts that are too long, and tensors of other shapes', async () => {
  const modality = textModality({ tokenizer, length: 2 });
  expect(() => modality.encode(['ab', 'bcc'])).toThrow('text 1 has 3 tokens, expected 2 at most');
  const other = tf.zeros([2, 3]);
  await expect(modality.decode(other)).rejects.toThrow('expected tokens [batch, 2], got [2,3]');
  other.dispose();
});
