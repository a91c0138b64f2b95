import { featuresOf, inMemoryDataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import '../index.js';
import { Random } from '@polygan/core';
import { jitterSounds } from './jitter-sounds.js';
import { soundClassifier } from './sound-classifier.js';
import { trainSoundClassifier } from './train-sound-classifier.js';

/** Tones of two heights, of many phases: the class says which. */
function tones(count: number) {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const values = Float32Array.from({ length: count * 1024 }, (_, at) => {
    const [sound, i] = [Math.floor(at / 1024), at % 1024];
    return 0.3 * Math.sin((2 * Math.PI * (labels[sound] ? 900 : 350) * i) / 4000 + sound);
  });
  return inMemoryDataset({ values, labels, sampleShape: [1024, 1], fingerprint: 'tones' });
}
const options = { length: 1024, sampleRate: 4000, classes: 2, width: 2, seed: 3 };

it('learns to tell high from low, the same way each time, and gives features', async () => {
  const train = async (steps: number) => {
    const classifier = soundClassifier(options);
    const losses: number[] = [];
    const accuracies: number[] = [];
    const limits = { steps, batchSize: 4, learningRate: 0.03, reportEvery: 1 };
    for await (const { metrics } of trainSoundClassifier(classifier, tones(8), limits)) {
      losses.push(metrics.loss!);
      accuracies.push(metrics.accuracy!);
    }
    return { classifier, losses, accuracies };
  };
  const { classifier, losses, accuracies } = await train(12);
  expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
  expect(accuracies.at(-1)).toBe(1);
  const { samples, labels } = await tones(4).batch([0, 1, 2]);
  const { features, probabilities } = await featuresOf(classifier, samples);
  expect([features.rows, features.columns, probabilities.columns]).toEqual([3, 8, 2]);
  const again = await train(1);
  expect(again.losses[0]).toBe(losses[0]);
  tf.dispose([samples, labels!]);
  classifier.dispose();
  again.classifier.dispose();
});

it('comes back whole from its files', async () => {
  const classifier = soundClassifier(options);
  let saved: tf.io.ModelArtifacts | undefined;
  await classifier.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
  const sounds = tf.randomUniform([2, 1024, 1], -1, 1, 'float32', 1);
  const [before, after] = [classifier.predict(sounds) as tf.Tensor, loaded.predict(sounds) as tf.Tensor];
  expect(await after.data()).toEqual(await before.data());
  tf.dispose([sounds, before, after]);
  classifier.dispose();
  loaded.dispose();
});

it('says that classes are missing', async () => {
  const classifier = soundClassifier(options);
  const values = new Float32Array(2048);
  const unnamed = inMemoryDataset({ values, sampleShape: [1024, 1], fingerprint: 'none' });
  await expect(trainSoundClassifier(classifier, unnamed, { steps: 1, batchSize: 2 }).next()).rejects.toThrow(
    'the samples have no classes',
  );
  classifier.dispose();
});

it('moves sounds in time with silence behind them, and changes their loudness', async () => {
  const sounds = tf.ones<tf.Rank.R3>([200, 160, 1]);
  const same = jitterSounds(sounds, Random.fromSeed(1), { shift: 0, gain: 0 });
  expect(await same.data()).toEqual(await sounds.data());
  const changed = jitterSounds(sounds, Random.fromSeed(1), { shift: 0.1, gain: 6 });
  const rows = (await changed.array()).map((sound) => sound.flat());
  const silent = rows.map((row) => row.filter((value) => value === 0).length);
  expect(Math.max(...silent)).toBe(16);
  expect(Math.min(...silent)).toBe(0);
  expect(rows.filter((row) => row[0] === 0).length).toBeGreaterThan(60);
  expect(rows.filter((row) => row[159] === 0).length).toBeGreaterThan(60);
  const levels = rows.map((row) => Math.max(...row));
  expect(Math.max(...levels)).toBeLessThan(1.9953);
  expect(Math.min(...levels)).toBeGreaterThan(0.5011);
  tf.dispose([sounds, same, changed]);
});
