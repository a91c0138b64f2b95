import { decodeSounds } from '@polygan/audio';
import { decodePictures } from '@polygan/image';
import { oneHotTextModality, type TokenizerDescription, textModality, tokenizerFrom } from '@polygan/text';
import type * as tf from '@tensorflow/tfjs';
import type { Form, FormKind, Sample } from './sample.js';

/** Options of a model of one form, as a run's record has them. */
export type Options = Readonly<Record<string, unknown>>;

/** What a model makes in one form, and how it is turned back. */
export interface MadeForm {
  readonly kind: FormKind;
  readonly options: Options;
}

/** Tensors of each form, of as many rows, as samples. Borrows the tensors. */
export async function decodeForms(forms: readonly MadeForm[], tensors: readonly tf.Tensor[]): Promise<Sample[]> {
  const columns = await Promise.all(forms.map((form, i) => decodeForm(form, tensors[i]!)));
  return (columns[0] ?? []).map((_, row) => columns.map((column) => column[row]!));
}

async function decodeForm({ kind, options }: MadeForm, tensor: tf.Tensor): Promise<Form[]> {
  if (kind === 'image') return (await decodePictures(tensor)).map((picture) => ({ kind, picture }));
  if (kind === 'audio') return (await decodeSounds(tensor, Number(options.sampleRate))).map((sound) => ({ kind, sound }));
  const parts = { tokenizer: tokenizerFrom(options.tokenizer as TokenizerDescription), length: Number(options.length) };
  const modality = tensor.rank === 3 ? oneHotTextModality(parts) : textModality(parts);
  return (await modality.decode(tensor)).map((text) => ({ kind, text }));
}
