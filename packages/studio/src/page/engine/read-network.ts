import * as tf from '@tensorflow/tfjs';
import { fileOf } from '../ask.js';

/** Values that cost nothing to make. */
const ZEROS = { class_name: 'Zeros', config: {} };

/**
 * Reads a network of a run from its tfjs files.
 *
 * Its layers begin with zeros: what they were made with would be computed, which takes seconds (an orthogonal matrix for each recurrent layer), and then
 * overwritten by what was stored.
 *
 * @param folder `''` for the sampler, or the name of a network that reads samples
 */
export async function readNetwork(id: string, folder: string): Promise<tf.LayersModel> {
  const place = `model/${folder ? `${folder}/` : ''}`;
  const { modelTopology, weightsManifest } = (await (await fetched(fileOf(id, `${place}model.json`))).json()) as tf.io.ModelJSON;
  const files = weightsManifest.flatMap(({ paths }) => paths);
  const pieces = await Promise.all(files.map(async (name) => (await fetched(fileOf(id, place + name))).arrayBuffer()));
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: withZeros(modelTopology) as object,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: tf.io.CompositeArrayBuffer.join(pieces),
    }),
  );
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error('The model is not whole; it may be being written. Load the page again.');
  return response;
}

/** A description of a network whose weights all begin as zeros. */
function withZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withZeros);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    /_initializer$/.test(key) && inner ? ZEROS : withZeros(inner),
  ]);
  return Object.fromEntries(entries);
}
