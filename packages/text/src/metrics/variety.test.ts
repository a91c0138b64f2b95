import { describe, expect, it } from 'vitest';
import { copies } from './copies.js';
import { distinct } from './distinct.js';
import { embeddingSimilarity } from './embedding-similarity.js';

describe('distinct', () => {
  it('is different n-grams over n-grams', () => {
    const texts = [
      [1, 2, 1, 2],
      [1, 2, 3],
    ];
    expect(distinct(texts, 1)).toBeCloseTo(3 / 7);
    // 12, 21, 12, 12, 23
    expect(distinct(texts, 2)).toBeCloseTo(3 / 5);
    expect(distinct(texts, 5)).toBe(0);
  });
});

describe('copies', () => {
  it('are of the data, or of each other', () => {
    const texts = [[1, 2], [1, 2, 3], [12], [1, 2]];
    expect(copies(texts, [[1, 2], [4]])).toEqual({ fromData: 0.5, repeated: 0.25 });
  });
});

describe('embeddingSimilarity', () => {
  const real = Array.from({ length: 60 }, (_, i) => [1 + (i % 3), 10 + (i % 3), 20, 30 + (i % 2)]);

  it('is 1 for the same texts, in whatever order', () => {
    expect(embeddingSimilarity([...real].reverse(), real)).toBeCloseTo(1, 12);
  });

  it('falls where tokens keep other company, and to 0 where none is known', () => {
    const mixed = real.map((text, i) => [text[0]!, 10 + ((i + (i % 7)) % 3), 20, 30 + (i % 2)]);
    const some = embeddingSimilarity(mixed, real);
    expect(some).toBeLessThan(0.99);
    expect(some).toBeGreaterThan(0.3);
    expect(embeddingSimilarity([[99, 98]], real)).toBe(0);
  });
});
