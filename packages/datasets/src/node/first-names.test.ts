import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { firstNames } from './first-names.js';
import { packageFile } from './package-file.js';

it('holds names in two classes, none in both splits', async () => {
  const train = await firstNames();
  const test = await firstNames({ split: 'test' });
  expect([train.texts.length, test.texts.length]).toEqual([7184, 798]);
  const all = [...train.texts, ...test.texts];
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((name) => !/^[A-Z][a-z]{1,12}$/.test(name))).toEqual([]);
  expect(train.labels).toHaveLength(7184);
  const listOf = (name: string) => train.classNames![train.labels![train.texts.indexOf(name)]!];
  expect([listOf('Kent'), listOf('Chrystal')]).toEqual(['male', 'female']);
  expect(existsSync(packageFile('data', 'names', 'LICENSE'))).toBe(true);
});
