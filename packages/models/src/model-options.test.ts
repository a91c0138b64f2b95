import { jsonSchema } from '@polygan/core';
import { expect, test } from 'vitest';
import { modelOptions, trainingOptions } from './model-options.js';
import { MODELS } from './models.js';

const names = Object.entries(MODELS).flatMap(([modality, models]) =>
  Object.keys(models).map((kind) => [modality, kind] as const),
);

test.each(names)('options of %s %s', (modality, kind) => {
  const training = trainingOptions(modality, kind);
  expect(Object.keys(training)).toEqual(expect.arrayContaining(['steps', 'minutes', 'batchSize', 'seed', 'reportEvery']));
  expect(jsonSchema(training)).not.toHaveProperty('required');
  const options = modelOptions(modality, kind);
  expect(options).toHaveProperty('seed');
  // Models that can be made from nothing say which options they have.
  if (modality === 'multimodal' || kind === 'specGan') return;
  const model = MODELS[modality]![kind]!({});
  expect(Object.keys(options)).toEqual(expect.arrayContaining(Object.keys(model.options)));
  model.dispose();
});
