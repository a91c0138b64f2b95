import { defineConfig } from 'tsup';

/** The command, and a file for each action that it loads when it is asked for; the libraries stay packages of their own. */
export default defineConfig({
  entry: { bin: 'src/bin.ts' },
  format: ['esm'],
  sourcemap: true,
  clean: true,
  target: 'node20',
  platform: 'node',
});
