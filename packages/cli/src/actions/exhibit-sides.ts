import type { SampleFiles } from '@polygan/core';
import type { Run } from '@polygan/core/node';
import type { Tensor } from '@tensorflow/tfjs';
import type { AnyModel, ModalityCommands, OpenedData } from '../modalities/modality-commands.js';
import { filesFor } from '../modalities/model-form.js';
import type { Section } from '../settings/settings.js';
import { exhibitIfPossible } from './exhibit-if-possible.js';

/** So many of each side are shown. */
const SHOWN = 40;
const COLUMNS = 10;

/** Shows real samples and generated ones in the report of a run: scores alone tell nobody what they sound or look like. */
export async function exhibitSides(
  run: Run,
  modality: ModalityCommands,
  {
    model,
    data,
    order,
    seed,
  }: { readonly model: AnyModel; readonly data: OpenedData; readonly order: Uint32Array; readonly seed: number },
): Promise<void> {
  const show = async (name: string, samples: Tensor, files: SampleFiles) => {
    await exhibitIfPossible(run, name, samples, files);
    samples.dispose();
  };
  await show('generated', await model.sample(SHOWN, { seed }), filesFor(modality, model, COLUMNS));
  const { samples, labels } = await data.dataset.batch([...order.subarray(0, SHOWN)]);
  labels?.dispose();
  await show('real', samples, modality.files(model.options as Section, COLUMNS));
}
