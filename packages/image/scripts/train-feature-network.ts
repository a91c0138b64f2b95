// Trains the feature networks that @polygan/datasets ships, and says how good they are on the test pictures.
//
//   pnpm --filter @polygan/image train:features digits          (a few minutes)
//   pnpm --filter @polygan/image train:features fashion-mnist   (10 to 30 minutes on two cores)
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classifierAccuracy, inMemoryDataset } from '@polygan/core';
import { saveModel, useEngine } from '@polygan/core/node';
import { digitSamples, fashionMnistSamples } from '@polygan/datasets/node';
import { pictureClassifier, trainClassifier } from '../src/index.js';

const recipes = {
  digits: { samples: digitSamples, width: 16, steps: 1200, shift: 2, flip: false },
  'fashion-mnist': { samples: fashionMnistSamples, width: 24, steps: 4000, shift: 0, flip: true },
};
const log = (line: string) => process.stdout.write(`${line}\n`);

const name = process.argv[2] as keyof typeof recipes;
if (!Object.hasOwn(recipes, name)) throw new Error(`give one of ${Object.keys(recipes).join(', ')}`);
const { samples, width, steps, shift, flip } = recipes[name];
const target = process.argv[3] ?? join(fileURLToPath(import.meta.url), '../../../datasets/models', `${name}-classifier`);

log(`engine: ${(await useEngine('onnx')).name}`);
const classifier = pictureClassifier({ size: 28, channels: 1, classes: 10, width, seed: 1 });
log(`weights: ${classifier.countParams()}`);
const training = inMemoryDataset(await samples({ split: 'train' }));
const options = { steps, batchSize: 64, learningRate: 3e-3, shift, flip, seed: 1, reportEvery: 50 };
for await (const { step, metrics, secondsLeft, stepsPerSecond } of trainClassifier(classifier, training, options)) {
  const figures = `loss ${metrics.loss!.toFixed(3)}, accuracy ${metrics.accuracy!.toFixed(3)}`;
  log(`step ${step}: ${figures}, ${stepsPerSecond.toFixed(1)} steps/s, ${Math.round(secondsLeft)} s left`);
}
await saveModel(target, classifier, 0);
const accuracy = await classifierAccuracy(classifier, inMemoryDataset(await samples({ split: 'test' })));
log(`accuracy on the test pictures: ${accuracy.toFixed(4)}; saved to ${target}`);
