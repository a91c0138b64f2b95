import { defineConfig } from 'vitest/config';

/** For machines that have other work too: a test that takes seconds on two free cores must not fail there. */
const SLOWEST = 5 * 60_000;

/** Tests that have a task of their own, by the mode that vitest is started in: `vitest run --mode learn` runs `*.learn.test.ts`. */
const KINDS = {
  /** Prove that a model learns; take minutes. */
  learn: { timeout: 20 * 60_000 },
  /** Install the built packages as npm would. */
  packed: { timeout: 5 * 60_000 },
  /** Look at pages in Chromium. */
  browser: { timeout: 5 * 60_000 },
};

/**
 * Tests run on the sources: the condition `@polygan/source` in every package's `exports` points at them, so nothing has to be built first.
 *
 * @param {{ leakGuard?: boolean }} options leakGuard: fail tests that leave tensors behind; only for code that has tensors
 */
export function tests({ leakGuard = true } = {}) {
  return defineConfig(({ mode }) => {
    const filesOf = (kind) => `**/*.${kind}.test.ts`;
    const others = Object.keys(KINDS).filter((kind) => kind !== mode);
    return {
      resolve: { conditions: ['@polygan/source'] },
      ssr: { resolve: { conditions: ['@polygan/source'] } },
      test: {
        include: [KINDS[mode] ? filesOf(mode) : '**/*.test.ts'],
        exclude: ['**/node_modules/**', '**/dist/**', ...others.map(filesOf)],
        testTimeout: KINDS[mode]?.timeout ?? SLOWEST,
        hookTimeout: KINDS[mode]?.timeout ?? SLOWEST,
        maxWorkers: 2,
        setupFiles: leakGuard ? ['@polygan/tooling/leak-guard'] : [],
        // The second is for tooling/count-tests.mjs.
        reporters: ['default', ['json', { outputFile: `test-results/${mode}.json` }]],
      },
    };
  });
}
