import { defineConfig } from 'tsup';

/** The build of every library package: ESM and CommonJS, each with its types, from the entries given. */
export function library(entry: Record<string, string>) {
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
