import { defineConfig } from 'tsup';

/**
 * The build of every library package: ESM and CommonJS, each with its types.
 *
 * @param {Record<string, string>} entry output name to source file
 */
export function library(entry) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    dts: true,
    sourcemap: true,
    clean: true,
    target: 'node20',
    platform: 'neutral',
    shims: true,
    external: [/^node:/],
  });
}
