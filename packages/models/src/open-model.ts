import type { LayersModel } from '@tensorflow/tfjs';
import type { AnyBatch, AnyModel, AnySamples } from './any-model.js';

/**
 * A model with the weights that a run keeps of it: those of its sampler, and of the networks that read samples.
 *
 * @param model as it was made from the run's options; the caller disposes of it
 * @param read opens the network in a folder of the run's `model`, `''` for the sampler; it is disposed of here
 */
export async function openModel<S extends AnySamples, B extends AnyBatch>(
  model: AnyModel<S, B>,
  read: (folder: string) => Promise<LayersModel>,
): Promise<AnyModel<S, B>> {
  const networks = [['', model.sampler] as const, ...Object.entries(model.readers ?? {})];
  for (const [folder, network] of networks) {
    const stored = await read(folder);
    network.setWeights(stored.getWeights());
    stored.dispose();
  }
  return model;
}
