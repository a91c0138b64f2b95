import { defineConfig } from 'tsup';

/** One ESM file that Node runs; the libraries stay packages of their own. */
export default defineConfig({
  entry: { bin: 'src/bin.ts' },
  format: ['esm'],
  sourcemap: true,
  clean: true,
  target: 'node20',
  platform: 'node',
});
