import { describe, expect, it } from 'vitest';
import { bleu, selfBleu } from './bleu.js';

const REFERENCES = ['a man rides a bike down the street .', 'a cat sits on a chair .', 'the man is on a red bike .', 'two dogs'];
const CANDIDATES = [
  'a man on a red bike .',
  'the cat sits down',
  'dogs',
  'a cat sits on a chair .',
  'zebra zebra zebra zebra zebra',
  'a a a man',
];

// NLTK 3.10.4: sentence_bleu(references, candidate, [1/n]*n, smoothing_function=SmoothingFunction().method1).
const NLTK: Readonly<Record<number, readonly number[]>> = {
  2: [0.91287093, 0.57735027, 0.11633369, 1, 0, 0.5],
  3: [0.79370053, 0.25543648, 0.07925722, 1, 0, 0.23207944],
  4: [Math.SQRT1_2, 0.20205155, 0.06541924, 1, 0, 0.18803015],
  5: [0.60836434, 0.17553744, 0.05830496, 1, 0, 0.1657227],
};
const NLTK_SELF: Readonly<Record<number, readonly number[]>> = {
  2: [0.09128709, 0.26752433, 0.32732684, 0],
  3: [0.04919341, 0.10745785, 0.12132138, 0],
  4: [0.03753119, 0.07201171, 0.07730552, 0],
  5: [0.03309176, 0.05999151, 0.06168171, 0],
};

const vocabulary = [...new Set([...REFERENCES, ...CANDIDATES].flatMap((text) => text.split(' ')))];
const tokens = (text: string) => text.split(' ').map((word) => vocabulary.indexOf(word));
const references = REFERENCES.map(tokens);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('bleu', () => {
  it.each([2, 3, 4, 5])("is NLTK's, order %i, candidate by candidate", (order) => {
    CANDIDATES.forEach((candidate, i) => {
      expect(bleu([tokens(candidate)], references)[order]).toBeCloseTo(NLTK[order]![i]!, 7);
    });
    expect(bleu(CANDIDATES.map(tokens), references)[order]).toBeCloseTo(mean(NLTK[order]!), 7);
  });

  it('says what it needs', () => {
    expect(() => bleu([], references)).toThrow('at least one candidate and one reference, got 0 and 4');
  });
});

describe('selfBleu', () => {
  it.each([2, 3, 4, 5])("is NLTK's with the others as references, order %i", (order) => {
    expect(selfBleu(references)[order]).toBeCloseTo(mean(NLTK_SELF[order]!), 7);
  });

  it('is 1 where all texts are the same', () => {
    expect(selfBleu([references[0]!, references[0]!, references[0]!])[5]).toBeCloseTo(1, 12);
  });
});
