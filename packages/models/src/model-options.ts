import { optionsOf, type Schema, Training } from '@polygan/core';
import type { ModelOptions } from './any-model.js';
import { MODELS } from './models.js';
import { MULTIMODAL_OPTIONS } from './multimodal-models.js';
import { besideData } from './options-beside-data.js';
import { TEXT_OPTIONS } from './text-models.js';

/** Models whose own functions take other options than those of their names here. */
const NAMED_OPTIONS: Readonly<Record<string, Readonly<Record<string, () => Schema>>>> = {
  text: TEXT_OPTIONS,
  multimodal: MULTIMODAL_OPTIONS,
};

/** What stands in for data where a model cannot be made without. */
const FROM_DATA: Readonly<Record<string, ModelOptions>> = {
  specGan: { moments: { mean: new Array<number>(129).fill(0), deviation: new Array<number>(129).fill(1) } },
};

/** The options of a model of {@link MODELS}: what the function that makes it checks, but for what has to be there, which may come from data. */
export function modelOptions(modality: string, kind: string): Schema {
  return besideData(NAMED_OPTIONS[modality]?.[kind]?.() ?? optionsOf(() => MODELS[modality]![kind]!({})));
}

/** The options of a training of such a model: those of the loop and of the method. Makes the model, and disposes of it. */
export function trainingOptions(modality: string, kind: string): Schema {
  const model = MODELS[modality]![kind]!(FROM_DATA[kind] ?? {});
  try {
    return optionsOf(() => new Training(model, { size: 1, fingerprint: '', batch: () => Promise.reject() }, {}));
  } finally {
    model.dispose();
  }
}
