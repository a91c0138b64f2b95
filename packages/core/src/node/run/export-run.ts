import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from './atomic-files.js';
import type { WeightBits } from './compact-weights.js';
import { loadModel, saveModel } from './model-files.js';
import { type Run, RunError } from './run.js';

/**
 * Writes what samples are made from, and nothing else of a run: its record and its networks, in weights of so many bits. The folder is a run that cannot be
 * resumed; its `model/model.json` is what `tf.loadLayersModel` opens.
 *
 * @throws RunError if the run has no model yet, or the folder is not empty
 */
export async function exportRun(run: Run, directory: string, { bits = 32 }: { readonly bits?: WeightBits } = {}): Promise<void> {
  if ((await readdir(directory).catch(() => [])).length > 0)
    throw new RunError(`The folder ${directory} is not empty. Name another one.`);
  const inside = await readdir(run.modelDirectory, { withFileTypes: true }).catch(() => []);
  const step = await run.modelStep();
  if (step === undefined) throw new RunError(`${run.directory} has no model yet: it was stopped before its first checkpoint.`);
  // Beside the sampler there may be networks that read samples, in folders of their own.
  for (const name of ['', ...inside.filter((entry) => entry.isDirectory()).map((entry) => entry.name)]) {
    const network = await loadModel(path.join(run.modelDirectory, name));
    await saveModel(path.join(directory, 'model', name), network, step, bits);
    network.dispose();
  }
  await mkdir(directory, { recursive: true });
  await writeFileAtomically(path.join(directory, 'run.json'), `${JSON.stringify(run.record, null, 2)}\n`);
}
