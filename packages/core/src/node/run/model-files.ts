import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { removeUnfinished, writeFileAtomically } from './atomic-files.js';
import { compactWeights, type WeightBits } from './compact-weights.js';

/**
 * Saves a network as the files that `tf.loadLayersModel` opens: `model.json`, and the weights beside it.
 *
 * Each save writes its weights under a new name before `model.json` comes to point at them, so that the two always belong together.
 *
 * @param bits that each weight takes: 32 for all there is, 16 or 8 for smaller files
 */
export async function saveModel(directory: string, network: tf.LayersModel, step: number, bits: WeightBits = 32): Promise<void> {
  await mkdir(directory, { recursive: true });
  await removeUnfinished(directory);
  const weights = `weights-${step}.bin`;
  await network.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const data = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
      const stored = compactWeights({ specs: weightSpecs!, data }, bits);
      await writeFileAtomically(path.join(directory, weights), stored.data);
      const manifest = {
        format: 'layers-model',
        generatedBy: `TensorFlow.js tfjs-layers v${tf.version_layers}`,
        convertedBy: null,
        modelTopology,
        weightsManifest: [{ paths: [weights], weights: stored.specs }],
      };
      await writeFileAtomically(path.join(directory, 'model.json'), JSON.stringify(manifest));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  for (const name of await readdir(directory)) {
    if (/^weights-\d+\.bin$/.test(name) && name !== weights) await rm(path.join(directory, name), { force: true });
  }
}

/**
 * Opens a network from such files.
 *
 * @param directory a folder with `model.json` in it
 */
export async function loadModel(directory: string): Promise<tf.LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(
    await readFile(path.join(directory, 'model.json'), 'utf8'),
  ) as tf.io.ModelJSON;
  const files = weightsManifest.flatMap((group) => group.paths);
  const buffers = await Promise.all(files.map((file) => readFile(path.join(directory, file))));
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const weightData = Uint8Array.from(Buffer.concat(buffers)).buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}
