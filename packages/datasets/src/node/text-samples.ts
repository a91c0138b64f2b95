import { readFile } from 'node:fs/promises';
import type { Split } from './digits.js';
import { packageFile } from './package-file.js';

/** Short texts, and their classes where there are any. */
export interface TextSamples {
  readonly texts: readonly string[];
  /** Class of each text, 0 … classNames.length-1. */
  readonly labels?: Uint8Array;
  readonly classNames?: readonly string[];
  /** Names the data in a run. */
  readonly fingerprint: string;
}

const TEST_SHARE = 0.1;

/** The lines of a file of the package that belong to a split: the last tenth is for tests. */
export async function linesOfSplit(split: Split, ...path: string[]): Promise<string[]> {
  const lines = (await readFile(packageFile(...path), 'utf8')).trimEnd().split('\n');
  const firstOfTest = lines.length - Math.floor(lines.length * TEST_SHARE);
  return split === 'train' ? lines.slice(0, firstOfTest) : lines.slice(firstOfTest);
}
