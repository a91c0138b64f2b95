import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faces } from './faces.js';
import { packageFile } from './package-file.js';

const PICTURE = 32 * 32 * 3;

it('holds four thousand faces of which no two are alike', async () => {
  const train = await faces();
  const test = await faces({ split: 'test' });
  expect([train.size, test.size]).toEqual([3600, 400]);
  const pictures = [train, test].flatMap(({ image, size }) =>
    Array.from({ length: size }, (_, i) => Buffer.from(image.values.buffer, i * PICTURE, PICTURE).toString('base64')),
  );
  expect(new Set(pictures).size).toBe(4000);
  expect(train.image.sampleShape).toEqual([32, 32, 3]);
  expect(existsSync(packageFile('data', 'faces', 'LICENSE'))).toBe(true);
});

it('shows what the captions say', async () => {
  const { image, texts, attributes } = await faces({ split: 'test' });
  expect(texts).toHaveLength(400);
  // The colours as the script that draws them has them; a shirt is seen below, in the middle of each shoulder.
  const shirts = { red: 'd11141', orange: 'f37b1d', yellow: 'ffd32a', green: '12a150', blue: '2f6fde', purple: '8b46c9' };
  const hair = { black: '1b1512', brown: '6b3e1b', blond: 'e9c45c', red: 'b5431a', grey: 'a3a3a8', blue: '2c7fd6' };
  attributes.forEach(({ shirt, hairColor }, i) => {
    const picture = Buffer.from(image.values.buffer, i * PICTURE, PICTURE)
      .toString('hex')
      .match(/.{6}/g)!;
    for (const [name, color] of Object.entries(shirts))
      expect([texts[i], name, picture.includes(color)]).toEqual([texts[i], name, name === shirt]);
    for (const [name, color] of Object.entries(hair))
      expect([texts[i], name, picture.includes(color)]).toEqual([texts[i], name, name === hairColor]);
  });
});

it('has all that can be said of a face', async () => {
  const { attributes } = await faces();
  const shares = (name: 'mood' | 'glasses' | 'hat') => new Set(attributes.map((face) => face[name])).size;
  expect([shares('mood'), shares('glasses'), shares('hat')]).toEqual([2, 3, 5]);
  const bare = attributes.filter(({ hat }) => hat === 'no').length / attributes.length;
  expect(bare).toBeGreaterThan(0.7);
  expect(bare).toBeLessThan(0.8);
});
