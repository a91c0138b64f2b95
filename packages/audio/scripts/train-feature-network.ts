// Trains the feature network of spoken digits that @polygan/datasets ships, and says how good it is on the test clips.
//
//   pnpm --filter @polygan/audio train:features          (5 to 10 minutes)
import { fileURLToPath } from 'node:url';
import { classifierAccuracy, inMemoryDataset } from '@polygan/core';
import { saveModel, useEngine } from '@polygan/core/node';
import { spokenDigitSamples, spokenDigits } from '@polygan/datasets/node';
import { soundClassifier, trainSoundClassifier } from '../src/index.js';

const NEW_VOICE = 'rms';
const log = (line: string) => process.stdout.write(`${line}\n`);
const target = process.argv[2] ?? fileURLToPath(new URL('../../datasets/models/spoken-digits-classifier', import.meta.url));

log(`engine: ${(await useEngine('onnx', { threads: 1 })).name}`);
const classifier = soundClassifier({ length: 8192, sampleRate: 8000, classes: 10, width: 16, seed: 1 });
log(`weights: ${classifier.countParams()}`);
const options = { steps: 500, batchSize: 64, learningRate: 3e-3, seed: 1, reportEvery: 50 };
for await (const report of trainSoundClassifier(classifier, await spokenDigits({ vary: true }), options)) {
  const { step, metrics, secondsLeft } = report;
  log(
    `step ${step}: loss ${metrics.loss!.toFixed(3)}, accuracy ${metrics.accuracy!.toFixed(3)}, ${Math.round(secondsLeft)} s left`,
  );
}
await saveModel(target, classifier, 0);

const { values, labels, voices, sampleShape, fingerprint } = await spokenDigitSamples({ split: 'test' });
for (const isNew of [false, true]) {
  const clips = voices.flatMap((voice, i) => ((voice === NEW_VOICE) === isNew ? [i] : []));
  const part = new Float32Array(clips.length * 8192);
  clips.forEach((clip, position) => {
    part.set(values.subarray(clip * 8192, (clip + 1) * 8192), position * 8192);
  });
  const dataset = inMemoryDataset({
    values: part,
    labels: Uint8Array.from(clips, (clip) => labels[clip]!),
    sampleShape,
    fingerprint,
  });
  const accuracy = await classifierAccuracy(classifier, dataset);
  log(`accuracy on ${clips.length} new clips of ${isNew ? 'a new voice' : 'known voices'}: ${accuracy.toFixed(4)}`);
}
log(`saved to ${target}`);
