import { expect, test } from 'vitest';
import { conditionalCoherence } from './conditional-coherence.js';
import { classify, knownModel, knownRows } from './known-model.fixture.js';

const classifiers = { image: classify, audio: classify, text: classify };
/** As the known model is built: text is heard as class 0, a quarter of the rows; of several forms, class 3 gives no text. */
const EXPECTED = {
  'image→audio': 1,
  'image→text': 1,
  'audio→image': 1,
  'audio→text': 1,
  'text→image': 1,
  'text→audio': 0.25,
  'image+audio→text': 0.75,
  'image+text→audio': 1,
  'audio+text→image': 1,
};

test('every direction and every pair of forms, as counted by hand; with labels and without', async () => {
  const labelled = await conditionalCoherence(knownModel, knownRows(80), classifiers, { rows: 200 });
  expect(labelled.directions).toEqual(EXPECTED);
  expect(labelled.value).toBeCloseTo(8 / 9, 10);
  expect(labelled.rows['text→audio']).toBe(80);
  // Text is asked for in three directions, and is of no class for a quarter of one.
  expect(labelled.classified).toEqual({ image: 1, audio: 1, text: 11 / 12 });
  const voted = await conditionalCoherence(knownModel, knownRows(80, { labelled: false }), classifiers, { rows: 80 });
  expect(voted.directions).toEqual(EXPECTED);
});

test('only rows that have what is given count, and only forms with a classifier are judged', async () => {
  const data = knownRows(80, { lacking: (form, row) => (form === 'text' && row % 8 >= 4) || (form === 'audio' && row >= 40) });
  const { directions, rows } = await conditionalCoherence(knownModel, data, { audio: classify }, { rows: 80 });
  expect(directions).toEqual({ 'image→audio': 1, 'text→audio': 0.25, 'image+text→audio': 1 });
  expect(rows).toEqual({ 'image→audio': 80, 'text→audio': 40, 'image+text→audio': 40 });
  const without = knownRows(80, { lacking: (form) => form === 'text' });
  expect((await conditionalCoherence(knownModel, without, { audio: classify })).rows).toEqual({ 'image→audio': 80 });
});

test('rows without any class cannot be judged', async () => {
  const none = { image: async () => Array(8).fill(-1) };
  const unlabelled = knownRows(8, { labelled: false });
  await expect(conditionalCoherence(knownModel, unlabelled, none)).rejects.toThrow('no row is of a class');
});
