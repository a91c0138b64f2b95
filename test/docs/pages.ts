import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Folders whose pages people read: of the root, of docs and of every package. */
const FOLDERS = [
  '.',
  'docs',
  'docs/decisions',
  'docs/papers',
  'bench',
  ...readdirSync(path.join(ROOT, 'packages')).map((name) => `packages/${name}`),
];

/** The pages that people read, as paths from the root. */
export const PAGES: readonly string[] = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(ROOT, folder)).map((name) => path.join(folder, name)),
).filter((file) => file.endsWith('.md'));

/** A piece of code in a page. */
export interface Block {
  readonly page: string;
  /** Of its first line in the page, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The blocks of one language, such as 'sh', in all pages. */
export function blocksOf(language: string): Block[] {
  return PAGES.flatMap((page) => {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    return [...text.matchAll(/^```(\w+)\n(.*?)^```/gms)]
      .filter(([, found]) => found === language)
      .map(({ index, 2: code }) => ({ page, line: text.slice(0, index).split('\n').length + 1, text: code! }));
  });
}
