import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/**
 * The build of every library package: ESM and CommonJS, each with its types.
 *
 * @param {Record<string, string>} entry output name to source file
 */
export function library(entry) {
  const { optionalDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    dts: true,
    sourcemap: true,
    clean: true,
    target: 'node20',
    platform: 'neutral',
    shims: true,
    // Entries of one package share their classes, in CommonJS too: `instanceof` holds across them.
    splitting: true,
    // tsup leaves out of the bundle what is in dependencies and peerDependencies; not what may be absent.
    external: [/^node:/, ...Object.keys(optionalDependencies)],
    removeNodeProtocol: false,
  });
}
