import { expect, it } from 'vitest';
import { digitOfPhrase, digitPhrases } from './digit-phrases.js';

it('writes a digit in many ways', () => {
  expect(digitPhrases(7)).toContain('this is a seven');
  expect(digitPhrases(7)).toContain('the number 7');
  expect(digitPhrases(8)).toContain('it is an eight');
  expect(digitPhrases(1)).toContain('a one');
  expect(digitPhrases(3)).toHaveLength(20);
});

it('knows which digit a phrase means, and when none', () => {
  const all = Array.from({ length: 10 }, (_, digit) => digitPhrases(digit));
  expect(new Set(all.flat()).size).toBe(200);
  for (const [digit, phrases] of all.entries()) expect(new Set(phrases.map(digitOfPhrase))).toEqual(new Set([digit]));
  expect(digitOfPhrase(' The number SEVEN ')).toBe(7);
  expect(['', 'ten', 'a eight', 'seven eight', 'the number', '77'].map(digitOfPhrase)).toEqual(new Array(6).fill(undefined));
});
