import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The path of a file that this package ships, wherever the code that asks was built to. */
export function packageFile(...parts: string[]): string {
  return join(dirname(createRequire(import.meta.url).resolve('@polygan/datasets/package.json')), ...parts);
}
