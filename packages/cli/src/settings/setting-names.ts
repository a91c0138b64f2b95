import { trainingOptions } from '@polygan/models';
import { recordingSchema } from '../actions/recording.js';
import type { AnyModality } from '../modalities/modality-commands.js';
import { askableOptions } from '../modalities/model-form.js';

/** The names of all settings inside the sections, as `--set` takes them, for a modality's default model. */
export function settingNames(modality: AnyModality): string[] {
  const [kind] = Object.keys(modality.models);
  const sections = {
    model: askableOptions(modality, kind!),
    training: trainingOptions(modality.kind, kind!),
    recording: recordingSchema({}),
    data: modality.dataOptions(),
  };
  return Object.entries(sections).flatMap(([section, options]) => Object.keys(options).map((name) => `${section}.${name}`));
}
