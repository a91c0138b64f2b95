import { learnTokenizer } from '@polygan/text';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import type { ModelOptions } from './any-model.js';
import { MODELS } from './models.js';
import { openModel } from './open-model.js';

/** A network as it comes back from files: another one, with the same weights. */
async function copyOf(network: tf.LayersModel): Promise<tf.LayersModel> {
  let files: tf.io.ModelArtifacts | undefined;
  await network.save(
    tf.io.withSaveHandler(async (artifacts) => {
      files = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  return tf.loadLayersModel(tf.io.fromMemory(files!));
}

const values = async (tensor: tf.Tensor) => [...(await tensor.data())];

test('a model takes the weights of the one that was kept', async () => {
  const make = (seed: number) => MODELS.image!.dcgan!({ size: 16, channels: 1, width: 2, latentDimensions: 4, seed });
  const kept = make(1);
  const opened = await openModel(make(2), () => copyOf(kept.sampler));
  const [theirs, ours] = [(await kept.sample(2, { seed: 3 })) as tf.Tensor, (await opened.sample(2, { seed: 3 })) as tf.Tensor];
  expect(await values(ours)).toEqual(await values(theirs));
  tf.dispose([theirs, ours]);
  kept.dispose();
  opened.dispose();
});

test('of a model in several forms, what reads each lies in a folder of its name', async () => {
  const tokenizer = learnTokenizer(['a bird', 'a bear'], { tokens: 'word' }).toJSON() as unknown as ModelOptions;
  const make = (seed: number) =>
    MODELS.multimodal!.multimodalGan!({
      codeDimensions: 4,
      seed,
      modalities: { image: { size: 16, channels: 1, width: 2 }, text: { tokenizer, length: 3, width: 8, blocks: 1 } },
    });
  const kept = make(1);
  const folders: string[] = [];
  const opened = await openModel(make(2), (folder) => {
    folders.push(folder);
    return copyOf(folder === '' ? kept.sampler : kept.readers![folder]!);
  });
  expect(folders).toEqual(['', 'image', 'text']);
  const picture = tf.randomUniform([1, 16, 16, 1], -1, 1, 'float32', 1);
  const codes = tf.tidy(() => [kept, opened].map(({ readers }) => readers!.image!.predict(picture) as tf.Tensor));
  expect(await values(codes[1]!)).toEqual(await values(codes[0]!));
  tf.dispose([picture, codes]);
  kept.dispose();
  opened.dispose();
});

test('refuses forms and models that there are none of, in words', () => {
  const make = (modalities: ModelOptions) => () => MODELS.multimodal!.multimodalGan!({ modalities });
  expect(make({ smell: {}, image: {} })).toThrow("unknown form 'smell'; known are image, audio, text");
  expect(make({ image: { size: 16, channels: 1 }, audio: {} })).toThrow('modalities.audio: the data have no sounds');
  expect(make({ image: { size: 16, channels: 1, kind: 'dcgam' } })).toThrow("modalities.image: unknown model 'dcgam'");
});
