import { expect, test } from 'vitest';
import { jointCoherence } from './joint-coherence.js';
import { classify, knownModel } from './known-model.fixture.js';

test('the share of draws whose forms are of one class, as counted by hand', async () => {
  const all = await jointCoherence(knownModel, { image: classify, audio: classify, text: classify }, { count: 200 });
  // Of each ten draws one has another sound and one has no words.
  expect(all.value).toBeCloseTo(0.8, 10);
  expect(all.classified).toEqual({ image: 1, audio: 1, text: 0.9 });
  // What is lost is spread evenly: draws 0, 10, 20 … are of classes 0 and 2 in turn, draws 1, 11, 21 … of 1 and 3.
  expect(all.classes).toEqual({ 0: 0.2, 1: 0.2, 2: 0.2, 3: 0.2 });
  const two = await jointCoherence(knownModel, { image: classify, audio: classify }, { count: 200 });
  expect(two.value).toBeCloseTo(0.9, 10);
});

test('refuses classifiers that do not fit', async () => {
  await expect(jointCoherence(knownModel, { image: classify })).rejects.toThrow('at least 2 of image, audio, text, got 1');
  await expect(jointCoherence(knownModel, { image: classify, sound: classify })).rejects.toThrow("'sound', but the model has");
  const short = async () => [0];
  await expect(jointCoherence(knownModel, { image: classify, text: short })).rejects.toThrow("'text' gave 1 classes for 30");
});
