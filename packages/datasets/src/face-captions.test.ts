import { expect, it } from 'vitest';
import { FACE_ATTRIBUTES, type FaceAttributes, faceAttributes, faceCaption } from './face-captions.js';

const face: FaceAttributes = { mood: 'sad', hair: 'long', hairColor: 'red', glasses: 'sunglasses', hat: 'no', shirt: 'blue' };

it.each([
  [face, 'a sad person with long red hair, sunglasses and a blue shirt'],
  [{ ...face, hat: 'green', shirt: 'orange' }, 'a sad person with long red hair, sunglasses, a green hat and an orange shirt'],
  [{ ...face, hair: 'no', hairColor: 'no', glasses: 'no' }, 'a sad person with no hair and a blue shirt'],
] as const)('puts %o into words, and back', (attributes, caption) => {
  expect(faceCaption(attributes)).toBe(caption);
  expect(faceAttributes(caption)).toEqual(attributes);
});

it.each([
  '',
  'a sad person',
  'a sad person with long hair and a blue shirt',
  'a sad person with no red hair and a blue shirt',
  'a sad person with long red hair and a blue shirt and a hat',
  'a sad person with long red hair and a no shirt',
])('says nothing of %o', (text) => {
  expect(faceAttributes(text)).toBeUndefined();
});

it('has words that name one thing each', () => {
  expect(FACE_ATTRIBUTES.glasses).toHaveLength(3);
  for (const words of Object.values(FACE_ATTRIBUTES)) expect(new Set(words).size).toBe(words.length);
});
