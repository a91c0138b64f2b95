import * as tf from '@tensorflow/tfjs';
import type { JointSamples, MultimodalModel } from '../multimodal-model.js';
import { subsetsOf } from './directions.js';
import { formsOf, type JointRows } from './joint-rows.js';

/** Rows translated from one set of forms. */
export interface Translation {
  readonly given: readonly string[];
  /** Those of the wanted forms that were not given: of each row so many answers as were asked for, one after the other. Freed with the next. */
  readonly forms: JointSamples;
  /** The rows that really have what was given; the answers of others mean nothing. */
  readonly rows: readonly number[];
}

/**
 * Translates rows from every set of forms that leaves something to translate into. Sets that no row has are left out.
 *
 * @param wanted the forms to translate into
 */
export async function* translations(
  model: Pick<MultimodalModel, 'modalities' | 'translate'>,
  piece: JointRows,
  wanted: readonly string[],
  { seed, answers = 1 }: { seed: string; answers?: number },
): AsyncGenerator<Translation, void, undefined> {
  for (const given of subsetsOf(Object.keys(model.modalities))) {
    const to = wanted.filter((name) => !given.includes(name));
    const rows = piece.having(given);
    if (to.length === 0 || rows.length === 0) continue;
    // All rows, those that lack a form too: pieces of one size are one graph to an engine that compiles graphs.
    const conditions = repeated(formsOf(piece.samples, given), answers);
    const forms = model.translate(conditions, to, { seed: `${seed}:${given}` });
    try {
      yield { given, forms, rows };
    } finally {
      tf.dispose([conditions, forms] as unknown as tf.TensorContainer);
    }
  }
}

/** Each row so many times, one after the other. The caller owns the result. */
function repeated(samples: JointSamples, times: number): Record<string, tf.Tensor> {
  return tf.tidy(() => {
    const each = Object.entries(samples).map(([name, some]) => {
      const rows = Array.from({ length: some.shape[0]! * times }, (_, i) => Math.floor(i / times));
      return [name, tf.gather(some, rows)] as const;
    });
    return Object.fromEntries(each);
  });
}
