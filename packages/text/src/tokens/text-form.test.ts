import { describe, expect, it } from 'vitest';
import { END, UNKNOWN } from './special-tokens.js';
import { formLogits, formOf } from './text-form.js';

const MARK = 2;
/** Texts of letters 3 … 12, each different, which take turns. */
const letters = (count: number, length: number) =>
  Array.from({ length: count }, (_, row) => Array.from({ length }, (_, i) => 3 + (Math.floor(row / 10 ** i) % 10)));

describe('formOf', () => {
  it('finds where marks must be, and that no text ends early', () => {
    // Two letters and a mark: at the third place no letter, at the others no mark. Letters are expected 100 × 2/3 / 10 times.
    const verses = letters(1000, 3).map(([a, b, c]) => [a!, b!, MARK, c!]);
    const form = formOf(verses, 4);
    expect(form[0]).toEqual([END, UNKNOWN, MARK]);
    expect(form[1]).toEqual([END, UNKNOWN, MARK]);
    expect(form[2]).toEqual([END, UNKNOWN, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(form[3]).toEqual([END, UNKNOWN, MARK]);
  });

  it('takes the absence of what is rare for an accident, and equal texts for one', () => {
    const few = letters(20, 3).map(([a, b]) => [a!, b!, MARK]);
    expect(formOf(few, 4)).toEqual([[UNKNOWN], [UNKNOWN], [UNKNOWN], [UNKNOWN]]);
    expect(
      formOf(
        Array.from({ length: 50 }).flatMap(() => few),
        4,
      ),
    ).toEqual(formOf(few, 4));
  });

  it('lets texts end where some do, and stay ended', () => {
    const pairs = Array.from({ length: 400 }, (_, i) => [3 + (i % 20), 3 + Math.floor(i / 20)]);
    const ends = (texts: number[][]) => formOf(texts, 4).map((absent) => absent.includes(END));
    // Of 1,400 texts 400 end at the third place: 400 of 5,200 tokens, 108 expected at each of the first places.
    expect(ends([...letters(1000, 4), ...pairs])).toEqual([true, true, false, false]);
    // 20 of 4,060: 5 are expected, too few for a rule.
    expect(ends([...letters(1000, 4), ...pairs.slice(0, 20)])).toEqual([false, false, false, false]);
  });
});

it('what is added to logits rules absent tokens out', () => {
  expect([...formLogits([[1], [], [0, 2]], 3, 3)]).toEqual([0, -1e9, 0, 0, 0, 0, -1e9, 0, -1e9]);
  expect([...formLogits([], 2, 2)]).toEqual([0, 0, 0, 0]);
});
