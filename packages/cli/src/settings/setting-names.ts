import type { AnyModality } from '../modalities/modality-commands.js';

const LOOP = ['steps', 'minutes', 'until', 'batchSize', 'seed', 'reportEvery'];
const RECORDING = ['previewEvery', 'previewCount', 'checkpointEvery', 'keep', 'tensorBoard'];

/** The names of all settings inside the sections, as `--set` takes them, for a modality's default model. */
export function settingNames({ models }: AnyModality): string[] {
  const model = Object.values(models)[0]!({});
  const training = [...LOOP, ...Object.keys(model.trainingSchema)];
  const names = [
    ...Object.keys(model.options).map((name) => `model.${name}`),
    ...training.map((name) => `training.${name}`),
    ...RECORDING.map((name) => `recording.${name}`),
  ];
  model.dispose();
  return names;
}
