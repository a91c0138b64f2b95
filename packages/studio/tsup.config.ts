import { defineConfig } from 'tsup';

/** The server. The page beside it is Vite's: vite.config.ts. */
export default defineConfig({
  entry: { node: 'src/node/index.ts' },
  format: ['esm'],
  dts: true,
  sourcemap: true,
  clean: true,
  target: 'node20',
  platform: 'node',
  removeNodeProtocol: false,
});
