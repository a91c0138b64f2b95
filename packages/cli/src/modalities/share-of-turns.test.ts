import { expect, test } from 'vitest';
import { shareOfTurns } from './share-of-turns.js';

test('counts the samples that are seen as the class whose turn it is', () => {
  // Classes 0, 1, 0, 1 were asked for; 0, 1, 1, 1 are seen.
  const values = Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.4, 0.6, 0, 1);
  expect(shareOfTurns({ values, rows: 4, columns: 2 })).toBe(0.75);
});
