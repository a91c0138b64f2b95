import { access } from 'node:fs/promises';
import path from 'node:path';
import { Run } from '@polygan/core/node';
import { isTrainedRun, trainedRun } from '@polygan/datasets/node';

/**
 * The run in a folder, or else the one of that name that comes with polygan.
 *
 * @throws RunError if there is neither
 */
export async function openRun(given: string): Promise<Run> {
  const isFolder = await access(path.join(given, 'run.json')).then(
    () => true,
    () => false,
  );
  return Run.open(!isFolder && isTrainedRun(given) ? trainedRun(given) : given);
}

/** Whether a run comes with polygan: nothing is kept in its folder. */
export function comesWithPolygan({ directory }: Run): boolean {
  const name = path.basename(directory);
  return isTrainedRun(name) && trainedRun(name) === directory;
}
