import { defineConfig } from 'vitest/config';

/**
 * Tests run on the sources: the condition `@polygan/source` in every package's `exports` points at them, so nothing has to be built first.
 * `*.learn.test.ts` prove that a model learns; they take minutes and have a task of their own.
 *
 * @param {{ learn?: boolean, leakGuard?: boolean }} options leakGuard: fail tests that leave tensors behind; only for code that has tensors
 */
export function tests({ learn = process.env.POLYGAN_LEARN === '1', leakGuard = true } = {}) {
  const learning = '**/*.learn.test.ts';
  const unwanted = ['**/node_modules/**', '**/dist/**'];
  return defineConfig({
    resolve: { conditions: ['@polygan/source'] },
    ssr: { resolve: { conditions: ['@polygan/source'] } },
    test: {
      include: learn ? [learning] : ['**/*.test.ts'],
      exclude: learn ? unwanted : [...unwanted, learning],
      testTimeout: learn ? 20 * 60_000 : 60_000,
      maxWorkers: 2,
      setupFiles: leakGuard ? ['@polygan/tooling/leak-guard'] : [],
    },
  });
}
