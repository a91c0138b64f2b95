import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { learnTokenizer } from '../tokens/learn-tokenizer.js';
import { oneHotTextModality } from '../tokens/text-modality.js';
import { textPieces } from './text-pieces.js';

test('each word counts as often as it is there, and what is no word does not', () => {
  const tokenizer = learnTokenizer(['red hat', 'a red red hat'], { tokens: 'word' });
  const { count, shares } = textPieces(tokenizer.vocabulary.length);
  const texts = ['a red red hat', '', 'unheard'];
  const found = tf.tidy(() => shares(oneHotTextModality({ tokenizer, length: 6 }).encode(texts)).arraySync());
  expect(count).toBe(tokenizer.vocabulary.length - 2);
  const words = tokenizer.vocabulary.slice(2);
  const shareOf = (text: number, word: string) => found[text]![words.findIndex((each) => each.trim() === word)];
  expect([shareOf(0, 'a'), shareOf(0, 'red'), shareOf(0, 'hat')]).toEqual([0.25, 0.5, 0.25]);
  expect(found[1]!.every((share) => share === 0)).toBe(true);
  expect(found[2]!.every((share) => share === 0)).toBe(true);
});
