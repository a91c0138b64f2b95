import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Where an editor finds the JSON Schema of a config file, as a path from that file: in `node_modules` above it where polygan is installed there, which holds
 * wherever the project goes; else in the polygan that runs.
 *
 * @param config the config file
 * @param kind the modality's name
 */
export function schemaAddress(config: string, kind: string): string {
  const own = path.join(
    path.dirname(createRequire(import.meta.url).resolve('polygan/package.json')),
    'dist',
    'schemas',
    `${kind}.json`,
  );
  const folder = path.dirname(path.resolve(config));
  const installed = parentsOf(folder)
    .map((parent) => path.join(parent, 'node_modules', 'polygan', 'dist', 'schemas', `${kind}.json`))
    .find((file) => existsSync(file) && realpathSync(file) === realpathSync(own));
  const relative = path.relative(folder, installed ?? own).replaceAll(path.sep, '/');
  return path.isAbsolute(relative) || relative.startsWith('../') ? relative : `./${relative}`;
}

/** A folder, and those that it lies in. */
function parentsOf(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...parentsOf(parent)];
}
