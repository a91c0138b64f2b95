import path from 'node:path';
import { writeFileAtomically } from '../run/atomic-files.js';
import type { Run } from '../run/run.js';
import { readGallery } from './gallery.js';
import { readPreviews } from './previews.js';
import { reportPage } from './report-page.js';
import { readScores } from './scores.js';

/**
 * Writes `report.html` of a run: one page that needs nothing else, with what was asked, curves, the samples over time, scores and warnings.
 *
 * Takes some tens of milliseconds, whatever the length of the run, so that it can be written anew at each checkpoint.
 */
export async function writeReport(run: Run): Promise<void> {
  const [reports, previews, gallery, scores] = await Promise.all([
    run.metrics.read(),
    readPreviews(run.samplesDirectory),
    readGallery(run.directory),
    readScores(run.directory),
  ]);
  const page = reportPage({ directory: run.directory, record: run.record, reports, previews, gallery, scores });
  await writeFileAtomically(path.join(run.directory, 'report.html'), page);
}
