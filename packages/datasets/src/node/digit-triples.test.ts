import { expect, it } from 'vitest';
import { digitOfPhrase } from '../digit-phrases.js';
import { digitTriples } from './digit-triples.js';

it('pairs a picture, a sound and words of one digit', async () => {
  const { size, labels, classNames, image, audio, texts } = await digitTriples({ split: 'test', count: 2000, length: 800 });
  expect(size).toBe(2000);
  expect(labels.filter((label) => label === 4)).toHaveLength(200);
  expect(classNames[4]).toBe('4');
  labels.forEach((label, i) => {
    const [picture, sound, text] = [image.samples.labels![image.indices[i]!], audio.samples.labels[audio.indices[i]!], texts[i]!];
    if (picture !== label || sound !== label || digitOfPhrase(text) !== label)
      expect({ i, label, picture, sound, text }).toBe('one digit');
  });
  // 32 clips and some 90 pictures of each digit: all of them come, and about as often.
  expect(new Set(audio.indices).size).toBe(320);
  expect(new Set(image.indices).size).toBe(997);
});

it('does not tie one form to another: a picture meets other sounds and words when it comes again', async () => {
  const { image, audio, texts } = await digitTriples({ split: 'test', count: 4000, length: 800 });
  const meetings = new Map<number, Set<string>>();
  image.indices.forEach((picture, i) => {
    meetings.set(picture, (meetings.get(picture) ?? new Set()).add(`${audio.indices[i]} ${texts[i]}`));
  });
  const other = [...meetings.values()].filter((set) => set.size >= 3).length;
  expect(other / meetings.size).toBeGreaterThan(0.95);
});

it('is the same for the same seed only', async () => {
  const draw = async (seed: number) => (await digitTriples({ split: 'test', count: 100, length: 800, seed })).image.indices;
  expect(await draw(1)).toEqual(await draw(1));
  expect(await draw(1)).not.toEqual(await draw(2));
});
