import type { SampleFiles } from '@polygan/core';
import { exhibit, type Run } from '@polygan/core/node';
import type { AnySamples } from '../modalities/modality-commands.js';
import { comesWithPolygan } from './open-run.js';

/** Shows samples in the report of a run; a run that may only be read goes without. */
export async function exhibitIfPossible<S extends AnySamples>(
  run: Run,
  name: string,
  samples: S,
  files: SampleFiles<S>,
): Promise<void> {
  if (comesWithPolygan(run)) return;
  await exhibit(run, name, samples, files).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES' && error.code !== 'EROFS' && error.code !== 'EPERM') throw error;
  });
}
