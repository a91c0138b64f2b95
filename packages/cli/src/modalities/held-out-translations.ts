import { Random } from '@polygan/core';
import { type FormFiles, jointFiles } from '@polygan/core/node';
import type { AnyJointModel } from '@polygan/models';
import type { JointSamples } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import type { Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import type { JointData } from './joint-data.js';
import { formFiles } from './multimodal.js';

/** What each column of translations shows, as a form of its own. */
const SHOWN = 'shown';

/** Real things that the model has not seen, each in a row: as it is, and as the model makes it from each single form. */
export interface HeldOutTranslations {
  /** With the form 'shown', which says what of a thing was given. The caller owns them. */
  readonly samples: JointSamples;
  readonly columns: readonly string[];
}

/** Translates held-out things that have all forms in every direction. @param count of things; fewer where there are fewer */
export async function heldOutTranslations(
  model: AnyJointModel,
  { heldOut }: JointData,
  { count, seed }: { count: number; seed: number },
): Promise<HeldOutTranslations> {
  const forms = Object.keys(model.modalities);
  const rows = await completeRows(heldOut, forms, count, seed);
  const { samples, present } = await heldOut.batch(rows);
  const result = tf.tidy(() => {
    const columns = forms.map((given) => {
      const others = forms.filter((form) => form !== given);
      return { ...model.translate({ [given]: samples[given]! }, others, { seed }), [given]: samples[given]! } as JointSamples;
    });
    const shown = tf.tile(tf.range(0, forms.length + 1, 1, 'int32'), [rows.length]);
    const side = (form: string) => interleaved([samples[form]!, ...columns.map((column) => column[form]!)]);
    return { [SHOWN]: shown, ...Object.fromEntries(forms.map((form) => [form, side(form)])) };
  });
  tf.dispose([samples, present] as unknown as tf.TensorContainer);
  return { samples: result, columns: ['real', ...forms.map((form) => `from ${form}`)] };
}

/** How {@link HeldOutTranslations} become files: a row of a preview is a thing. */
export function translationFiles(modelOptions: Section, columns: readonly string[]) {
  const titles: FormFiles = { decode: async (numbers) => Array.from(await numbers.data(), (number) => columns[number]!) };
  return jointFiles({ [SHOWN]: titles, ...formFiles(modelOptions) }, { columns: columns.length });
}

/** The first of all, then the first of the next … of tensors with as many rows. */
function interleaved(tensors: readonly tf.Tensor[]): tf.Tensor {
  const [first] = tensors;
  return tf.stack([...tensors], 1).reshape([-1, ...first!.shape.slice(1)]);
}

async function completeRows(
  heldOut: JointData['heldOut'],
  forms: readonly string[],
  count: number,
  seed: number,
): Promise<number[]> {
  const rows: number[] = [];
  for (const row of Random.fromSeed(seed).split('held out').permutation(heldOut.size)) {
    const { samples, present } = await heldOut.batch([row]);
    const has = await Promise.all(forms.map(async (form) => (await present[form]!.data())[0] === 1));
    tf.dispose([samples, present] as unknown as tf.TensorContainer);
    if (has.every(Boolean)) rows.push(row);
    if (rows.length === count) break;
  }
  if (rows.length > 0) return rows;
  throw new UserError(
    'nothing that was kept from training has all forms; say what is to be translated: --image FILE, --audio FILE or --text WORDS',
  );
}
