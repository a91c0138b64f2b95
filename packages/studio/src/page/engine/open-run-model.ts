import type { SpecGan } from '@polygan/audio';
import { type AnyModel, MODELS, type ModelOptions, openModel } from '@polygan/models';
import type * as tf from '@tensorflow/tfjs';
import type { RunDetails } from '../../run-summary.js';
import type { MadeForm, Options } from './decode-forms.js';
import type { DrawingModel } from './drawing-model.js';
import { readNetwork } from './read-network.js';
import type { FormKind } from './sample.js';
import { samplerModel } from './sampler-model.js';
import { writingModel } from './writing-model.js';

/** The forms of what a run's model makes, in the order in which it makes them. */
export function formsOf({ modality, record }: RunDetails): MadeForm[] {
  const options = record.model.options as Options;
  if (modality !== 'multimodal') return [{ kind: modality as FormKind, options }];
  return Object.entries(options.modalities as Record<string, Options>).map(([kind, own]) => ({
    kind: kind as FormKind,
    options: own,
  }));
}

/** The model of a run, ready to draw from. */
export async function openRunModel(run: RunDetails): Promise<DrawingModel> {
  const { modality, record } = run;
  const options = record.model.options as ModelOptions;
  const forms = formsOf(run);
  // Texts that are written word by word need more than their network.
  if (modality === 'text' && record.model.kind !== 'latent') {
    const model = await wholeModel(run);
    return writingModel(model, forms);
  }
  if (options.attributes ?? options.fromChannels) {
    throw new Error(
      'This model makes pictures under conditions, which cannot be said here: use `polygan sample` with --attributes or --from.',
    );
  }
  const sampler = await readNetwork(run.id, '');
  return samplerModel({
    sampler,
    forms,
    options,
    classNames: record.data.classNames,
    finish: record.model.kind === 'specGan' ? soundsOfSpectrograms(run) : undefined,
  });
}

/** The model of a run with everything that it can do, which takes longer to make. */
export async function wholeModel(run: RunDetails): Promise<AnyModel> {
  const { modality, record } = run;
  const make = MODELS[modality]?.[record.model.kind];
  if (!make) throw new Error(`This studio does not know the model ${record.model.kind} of ${modality}.`);
  const model = make(record.model.options as ModelOptions) as AnyModel;
  return openModel(model, (folder) => readNetwork(run.id, folder));
}

function soundsOfSpectrograms({ record }: RunDetails): (made: tf.Tensor) => Promise<tf.Tensor> {
  const model = MODELS.audio!.specGan!(record.model.options as ModelOptions) as unknown as SpecGan;
  return async (made) => {
    const sounds = await model.modality.toSounds(made);
    made.dispose();
    return sounds;
  };
}
