import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import type { SampleFiles } from '../../modality.js';
import type { Run } from '../run/run.js';
import { GALLERY } from './gallery.js';
import { writeReport } from './write-report.js';

/** Keeps samples in a run folder, in place of earlier ones of that name, so that its report shows them. Borrows the samples. */
export async function exhibit<S extends tf.Tensor | Readonly<Record<string, tf.Tensor>>>(
  run: Run,
  name: string,
  samples: S,
  files: SampleFiles<S>,
): Promise<void> {
  const directory = path.join(run.directory, GALLERY);
  await mkdir(directory, { recursive: true });
  await files.writePreview(samples, path.join(directory, name + files.previewExtension));
  await writeReport(run);
}
