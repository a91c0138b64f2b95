import { nearestNeighbours, type SampleFiles, samplesAt } from '@polygan/core';
import type { Run } from '@polygan/core/node';
import type { Tensor } from '@tensorflow/tfjs';
import type { ComparedSides } from '../evaluation/compare-sides.js';
import { joined } from '../evaluation/measured-samples.js';
import type { AnyModel, ModalityCommands, OpenedData } from '../modalities/modality-commands.js';
import { filesFor } from '../modalities/model-form.js';
import type { Section } from '../settings/settings.js';
import { exhibitIfPossible } from './exhibit-if-possible.js';

/** So many of each side are shown. */
const SHOWN = 40;
const COLUMNS = 10;

/** What is shown beside the sides. */
interface Shown {
  readonly model: AnyModel;
  readonly data: OpenedData;
  readonly seed: number;
  /** What samples are made under, of a model that is told it. */
  readonly conditions?: Tensor | undefined;
}

/**
 * Shows generated samples in the report of a run, in their places beside them the real ones that are nearest to each, and any real ones: scores alone tell nobody
 * what they sound or look like, or whether they are copies.
 */
export async function exhibitSides(
  run: Run,
  modality: ModalityCommands,
  { model, data, sides, chosen, seed, conditions }: Pick<ComparedSides, 'sides' | 'chosen'> & Shown,
): Promise<void> {
  const show = async (name: string, samples: Tensor, files: SampleFiles) => {
    await exhibitIfPossible(run, name, samples, files);
    samples.dispose();
  };
  await show(
    'generated',
    await model.sample(SHOWN, { seed, ...(conditions && { conditions }) }),
    filesFor(modality, model, COLUMNS),
  );
  for (const [name, numbers] of Object.entries({ nearest: await nearestTo(sides, chosen), real: chosen.subarray(0, SHOWN) })) {
    await show(name, await samplesAt(data.dataset, [...numbers]), modality.files(model.options as Section, COLUMNS));
  }
}

/** Of each generated sample that is shown, the number of the real one that is nearest to it by its features. */
async function nearestTo({ fake, reference, others }: ComparedSides['sides'], chosen: Uint32Array): Promise<Uint32Array> {
  const { values, rows, columns } = fake.features;
  const count = Math.min(rows, SHOWN);
  const shown = { values: values.subarray(0, count * columns), rows: count, columns };
  const { indices } = await nearestNeighbours(shown, joined([reference.features, others.features]));
  return indices.map((row) => chosen[row]!);
}
