import { partOfState, restoreNetwork } from '@polygan/core';
import type { Run } from '@polygan/core/node';
import { UserError } from '../terminal/failure.js';
import type { AnyBatch, AnyModel, AnySamples } from './modality-commands.js';

/**
 * Has a GAN sample with the weights of its run's newest checkpoint as they were trained, in place of their moving average.
 *
 * @param model as the run keeps it; it is changed
 * @throws UserError if it keeps no average, or the run no checkpoint
 */
export async function takeLastWeights<S extends AnySamples, B extends AnyBatch>(
  { networks, sampler, kind }: AnyModel<S, B>,
  { checkpoints, directory }: Run,
): Promise<void> {
  if (networks.averagedGenerator !== sampler)
    throw new UserError(`--last-weights: ${kind} keeps no average of its weights, and samples with the last ones anyway`);
  const newest = (await checkpoints.steps()).at(-1);
  if (newest === undefined)
    throw new UserError(`--last-weights: ${directory} has no checkpoint, which alone holds the weights as they were trained`);
  restoreNetwork('generator', sampler, partOfState(await checkpoints.load(newest), 'network-generator').tensors);
}
