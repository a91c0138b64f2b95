import { defineConfig } from 'vite';

/** The page: everything that a browser loads, in files of its own, with nothing from elsewhere. */
export default defineConfig({
  root: 'src/page',
  resolve: { conditions: ['@polygan/source', 'module', 'browser', 'production'], dedupe: ['@tensorflow/tfjs-core'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    // The content policy refuses what is not a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // TensorFlow.js is large, and loaded beside the page.
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
});
