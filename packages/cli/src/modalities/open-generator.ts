import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Gan } from '@polygan/core';
import { loadModel, type Run } from '@polygan/core/node';
import { commandName } from '../terminal/command-name.js';
import { UserError } from '../terminal/failure.js';
import { shellWord } from '../terminal/format.js';
import { modalityOf, modelNamed } from './modalities.js';

/**
 * The generator of a run, ready to sample from. The caller disposes of it.
 *
 * @throws UserError if the run has not come as far as to keep one
 */
export async function openGenerator(run: Run): Promise<Gan<unknown>> {
  await access(path.join(run.modelDirectory, 'model.json')).catch(() => {
    throw new UserError(
      `${run.directory} has no model yet: it was stopped before its first checkpoint. Go on with it: ${commandName()} resume ${shellWord(run.directory)}`,
    );
  });
  const gan = modelNamed(modalityOf(run.record), run.record.model.kind)(run.record.model.options);
  const stored = await loadModel(run.modelDirectory);
  gan.averagedGenerator.setWeights(stored.getWeights());
  stored.dispose();
  return gan;
}
