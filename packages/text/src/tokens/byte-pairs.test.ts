import { describe, expect, it } from 'vitest';
import { applyMerges, learnMerges, mergeRanks } from './byte-pairs.js';

// Made with Hugging Face tokenizers (BpeTrainer, WhitespaceSplit, min_frequency 2), whose alphabet is sorted as here.
const ALPHABET = 'acdefhmnorst';
const TEXT = 'the cat sat on the mat and the rat sat on the cat that ate the hat of the fat rat';
const MERGES = ['a t', 't h', 'th e', 'c at', 'o n', 'r at', 's at'];

const symbols = (word: string) => Array.from(word, (letter) => ALPHABET.indexOf(letter));

function learnt(limit: number) {
  const merges = learnMerges(
    TEXT.split(' ').map((word) => ({ symbols: symbols(word), count: 1 })),
    ALPHABET.length,
    limit,
  );
  const names = [...ALPHABET];
  for (const [left, right] of merges) names.push(names[left]! + names[right]!);
  return { merges, names };
}

describe('learnMerges', () => {
  it('joins the pairs that Hugging Face joins, in the same order, and none that was seen once', () => {
    const { merges, names } = learnt(100);
    expect(merges.map(([left, right]) => `${names[left]} ${names[right]}`)).toEqual(MERGES);
  });

  it('stops at the limit', () => {
    expect(learnt(3).merges).toHaveLength(3);
  });
});

describe('applyMerges', () => {
  it.each([
    ['that', ['th', 'at']],
    ['chat', ['c', 'h', 'at']],
    ['fatter', ['f', 'at', 't', 'e', 'r']],
    ['matron', ['m', 'at', 'r', 'on']],
  ])('cuts %s as Hugging Face does', (word, pieces) => {
    const { merges, names } = learnt(100);
    expect(applyMerges(symbols(word), mergeRanks(merges), ALPHABET.length).map((id) => names[id])).toEqual(pieces);
  });
});
