import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PAGES, ROOT } from './pages.js';

test.each(PAGES)('the links of %s lead to files that are there', (page) => {
  const text = readFileSync(path.join(ROOT, page), 'utf8').replaceAll(/```.*?```/gs, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!.split('#')[0]!);
  const local = targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
  expect(local.filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)))).toEqual([]);
});
