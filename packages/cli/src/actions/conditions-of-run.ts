import type { Batch, Dataset } from '@polygan/core';
import type { Run } from '@polygan/core/node';
import type { Tensor } from '@tensorflow/tfjs';
import type { AskedConditions } from '../modalities/asked-conditions.js';
import type { AnyModality, ModalityCommands } from '../modalities/modality-commands.js';
import type { Section } from '../settings/settings.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import type { Output } from '../terminal/output.js';
import { openDataShown } from './open-data-shown.js';

/** What samples of a run are wanted for. */
export interface WantedConditions {
  readonly asked?: AskedConditions;
  readonly count: number;
  readonly seed: number;
  /** The data of the run, where they are open already. */
  readonly dataset?: Dataset<Batch> | undefined;
}

/**
 * What samples of a run are to be made under, `[n, ...conditionShape]`: as asked for, or else as its data have it. The caller owns it; undefined where its model is told nothing.
 *
 * @throws UserError if something is asked for that it does not know
 */
export async function conditionsOfRun(
  { record }: Run,
  modality: AnyModality,
  { asked = {}, count, seed, dataset }: WantedConditions,
  output: Output,
): Promise<Tensor | undefined> {
  // Only models of one form are told conditions.
  const { conditions } = modality as unknown as ModalityCommands;
  const [flag] = Object.keys(asked);
  if (!conditions) {
    if (flag) throw new UserError(`--${flag}: only models of pictures can be told it`);
    return undefined;
  }
  const openData = async () => {
    if (dataset) return dataset;
    const request = { source: record.data.source, options: record.data.options as Section };
    return (await openDataShown(modality, request, output)).dataset as Dataset<Batch>;
  };
  return blamingInput(conditions({ record, asked, count, seed, openData }));
}
