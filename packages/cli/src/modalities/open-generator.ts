import { access } from 'node:fs/promises';
import path from 'node:path';
import { loadModel, type Run } from '@polygan/core/node';
import { openModel } from '@polygan/models';
import { commandName } from '../terminal/command-name.js';
import { UserError } from '../terminal/failure.js';
import { shellWord } from '../terminal/format.js';
import { modelNamed } from './modalities.js';
import type { AnyBatch, AnyModel, AnySamples, ModalityCommands } from './modality-commands.js';

/**
 * The model of a run, ready to sample from. The caller disposes of it.
 *
 * @throws UserError if the run has not come as far as to keep one
 */
export async function openGenerator<S extends AnySamples, B extends AnyBatch>(
  run: Run,
  modality: ModalityCommands<S, B>,
): Promise<AnyModel<S, B>> {
  await access(path.join(run.modelDirectory, 'model.json')).catch(() => {
    throw new UserError(
      `${run.directory} has no model yet: it was stopped before its first checkpoint. Go on with it: ${commandName()} resume ${shellWord(run.directory)}`,
    );
  });
  const model = modelNamed(modality, run.record.model.kind)(run.record.model.options) as AnyModel<S, B>;
  return openModel(model, (folder) => loadModel(path.join(run.modelDirectory, folder)));
}
