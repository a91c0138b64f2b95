import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packageFile } from './package-file.js';
import { sentences } from './sentences.js';

it('holds sentences of 4 to 12 words out of 3,000, none in both splits', async () => {
  const train = await sentences();
  const test = await sentences({ split: 'test' });
  expect([train.texts.length, test.texts.length]).toEqual([4931, 547]);
  expect(train.fingerprint).not.toBe(test.fingerprint);
  const all = [...train.texts, ...test.texts];
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((text) => !/^[a-z']+( [a-z']+){3,11}$/.test(text))).toEqual([]);
  expect(new Set(all.flatMap((text) => text.split(' '))).size).toBeLessThanOrEqual(3000);
  expect(all).toContain('the children were found safe and sound');
  expect(existsSync(packageFile('data', 'sentences', 'LICENSE'))).toBe(true);
});
