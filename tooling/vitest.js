import { defineConfig } from 'vitest/config';

/**
 * Tests run on the sources: the condition `@polygan/source` in every package's `exports` points at them, so nothing has to be built first.
 * `*.learn.test.ts` prove that a model learns; they take minutes and have a task of their own.
 */
export function tests({ learn = process.env.POLYGAN_LEARN === '1' } = {}) {
  return defineConfig({
    resolve: { conditions: ['@polygan/source'] },
    ssr: { resolve: { conditions: ['@polygan/source'] } },
    test: {
      include: learn ? ['src/**/*.learn.test.ts', '*.learn.test.ts'] : ['src/**/*.test.ts', '*.test.ts'],
      exclude: learn ? ['node_modules', 'dist'] : ['**/*.learn.test.ts', 'node_modules', 'dist'],
      testTimeout: learn ? 20 * 60_000 : 60_000,
      maxWorkers: 2,
      setupFiles: ['@polygan/tooling/leak-guard'],
    },
  });
}
