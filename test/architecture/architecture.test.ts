import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readPackages } from './package.js';
import { RULES } from './rules.js';

const packages = readPackages(fileURLToPath(new URL('../../packages', import.meta.url)));

test('there are packages to look at', () => {
  expect(packages.map((pkg) => pkg.folder)).toContain('core');
  expect(packages.every((pkg) => pkg.files.length > 0)).toBe(true);
});

describe.each(packages.map((pkg) => [pkg.manifest.name, pkg] as const))('%s', (_name, pkg) => {
  test.each(RULES)('%s', (_sentence, rule) => {
    expect(rule(pkg)).toEqual([]);
  });
});
