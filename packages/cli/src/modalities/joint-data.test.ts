import { inMemoryDataset } from '@polygan/core';
import { expect, test } from 'vitest';
import { withPairs } from './joint-data.js';

const SIZE = 300;
const dataset = inMemoryDataset({ values: new Float32Array(SIZE), sampleShape: [1], fingerprint: 'zeros' });
const inTurn = Array.from({ length: SIZE }, (_, i) => i);
// Every tenth thing has no words to begin with.
const parts = {
  image: { dataset, indices: inTurn },
  audio: { dataset, indices: inTurn },
  text: { dataset, indices: inTurn.map((i) => (i % 10 === 0 ? -1 : i)) },
};

function formsOfEach(share: number): string[][] {
  const kept = withPairs(parts, share);
  return inTurn.map((row) => Object.keys(kept).filter((form) => kept[form]!.indices[row]! >= 0));
}

test('a share of things stays whole, the others keep one of the forms that they have', () => {
  const forms = formsOfEach(0.1);
  const single = forms.filter((some) => some.length === 1);
  expect(single).toHaveLength(0.9 * SIZE);
  expect(forms.filter((some) => some.length > 1)).toHaveLength(0.1 * SIZE);
  for (const form of Object.keys(parts)) expect(single.filter(([only]) => only === form).length).toBeGreaterThan(60);
  expect(formsOfEach(0.1)).toEqual(forms);
});

test('samples stay with the things that they belong to', () => {
  const { image } = withPairs(parts, 0.5);
  expect(inTurn.every((row) => [-1, row].includes(image!.indices[row]!))).toBe(true);
});

test('all things are whole by default', () => {
  expect(formsOfEach(1)).toEqual(inTurn.map((row) => (row % 10 === 0 ? ['image', 'audio'] : ['image', 'audio', 'text'])));
});
