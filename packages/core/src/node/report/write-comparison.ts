import path from 'node:path';
import { writeFileAtomically } from '../run/atomic-files.js';
import { differingOptions } from '../run/differing-options.js';
import type { Run } from '../run/run.js';
import { summarizeRun } from '../run/run-summary.js';
import { comparisonPage } from './comparison-page.js';
import { readPreviews } from './previews.js';

/** Writes a page that shows runs side by side: scores, newest samples, curves on common axes, and the options in which they differ. */
export async function writeComparison(runs: readonly Run[], file: string): Promise<void> {
  const names = namesOf(runs.map(({ directory }) => directory));
  const compared = await Promise.all(
    runs.map(async (run, i) => ({
      name: names[i]!,
      summary: await summarizeRun(run),
      reports: await run.metrics.read(),
      preview: (await readPreviews(run.samplesDirectory)).at(-1),
    })),
  );
  await writeFileAtomically(file, comparisonPage(compared, differingOptions(runs.map(({ record }) => record))));
}

/** The last parts of the folders' names, or the whole where two are alike. */
function namesOf(directories: readonly string[]): string[] {
  const names = directories.map((directory) => path.basename(path.resolve(directory)));
  return new Set(names).size === names.length ? names : [...directories];
}
