import type { Sound } from '@polygan/audio';
import type { Picture } from '@polygan/image';
import type { AnyJointModel } from '@polygan/models';
import { type TokenizerDescription, tokenizerFrom } from '@polygan/text';
import * as tf from '@tensorflow/tfjs';
import type { RunDetails } from '../../run-summary.js';
import { decodeForms } from '../engine/decode-forms.js';
import { formsOf, wholeModel } from '../engine/open-run-model.js';
import type { FormKind, Sample } from '../engine/sample.js';

/** Forms of a thing that a person gives. */
export interface Given {
  readonly image?: Picture | undefined;
  readonly audio?: Sound | undefined;
  readonly text?: string | undefined;
}

/** Makes other forms of a thing. */
export interface Translator {
  readonly forms: readonly FormKind[];
  /** So many answers, in the forms that are not given. */
  translate(given: Given, options: { readonly count: number; readonly seed: number }): Promise<Sample[]>;
}

/** The translator of a run with things in several forms. */
export async function openTranslator(run: RunDetails): Promise<Translator> {
  const model = (await wholeModel(run)) as unknown as AnyJointModel;
  const forms = formsOf(run);
  return {
    forms: forms.map(({ kind }) => kind),
    async translate(given, { count, seed }) {
      const known = forms.filter(({ kind }) => given[kind] !== undefined);
      const wanted = forms.filter(({ kind }) => given[kind] === undefined);
      const made = tf.tidy(() => {
        const rows = known.map(({ kind, options }) => {
          const value = kind === 'text' ? fitting(given.text!, options) : given[kind];
          const one = model.modalities[kind]!.encode([value]);
          return [kind, tf.tile(one, [count, ...one.shape.slice(1).map(() => 1)])] as const;
        });
        const to = wanted.map(({ kind }) => kind);
        return model.translate(Object.fromEntries(rows), to, { seed }) as Record<string, tf.Tensor>;
      });
      const samples = await decodeForms(
        wanted,
        wanted.map(({ kind }) => made[kind]!),
      );
      tf.dispose(made);
      return samples;
    },
  };
}

/** As many of the words as the model takes. */
function fitting(text: string, { tokenizer, length }: Readonly<Record<string, unknown>>): string {
  const known = tokenizerFrom(tokenizer as TokenizerDescription);
  return known.decode(known.encode(text).slice(0, Number(length)));
}
