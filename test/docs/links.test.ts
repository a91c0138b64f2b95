import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages that people read, of the root, of docs and of every package. */
const pages = [
  '.',
  'docs',
  'docs/decisions',
  'bench',
  ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`),
]
  .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => path.join(folder, name)))
  .filter((file) => file.endsWith('.md'));

test.each(pages)('the links of %s lead to files that are there', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8').replaceAll(/```.*?```/gs, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!.split('#')[0]!);
  const local = targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
  expect(local.filter((target) => !existsSync(path.join(root, path.dirname(page), target)))).toEqual([]);
});
