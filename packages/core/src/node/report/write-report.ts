import path from 'node:path';
import { writeFileAtomically } from '../run/atomic-files.js';
import type { Run } from '../run/run.js';
import { readPreviews } from './previews.js';
import { reportPage } from './report-page.js';
import { readScores } from './scores.js';

/**
 * Writes `report.html` of a run: one page that needs nothing else, with what was asked, curves, the samples over time, scores and warnings.
 *
 * Takes some tens of milliseconds, whatever the length of the run, so that it can be written anew at each checkpoint.
 */
export async function writeReport(run: Run): Promise<void> {
  const [reports, previews, scores] = await Promise.all([
    run.metrics.read(),
    readPreviews(run.samplesDirectory),
    readScores(run.directory),
  ]);
  const page = reportPage({ directory: run.directory, record: run.record, reports, previews, scores });
  await writeFileAtomically(path.join(run.directory, 'report.html'), page);
}
