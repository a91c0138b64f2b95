import { inMemoryDataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { jointDataset } from '../data/joint-dataset.js';
import type { JointSamples } from '../multimodal-model.js';
import type { Classify } from './classify.js';

/** Samples `[batch, 1]` whose one number is their class, 0 … 3, or -1 for none; tenths tell samples of one class apart. */
export const classify: Classify = async (samples) => (await samples.data()).map(Math.round);

const FORMS = ['image', 'audio', 'text'] as const;
const modality = { kind: 'number', sampleShape: [1], encode: () => tf.zeros([1, 1]), decode: async () => [] };
const column = (values: readonly number[]) => tf.tensor2d([...values], [values.length, 1]);

/**
 * A model that does what can be counted by hand. Of each ten draws, the audio of number 0 is of another class and the text of number 1 of none. From one
 * form to another the class stays, but text is always heard as class 0, and several forms together give class 3 as text of none.
 */
export const knownModel = {
  modalities: { image: modality, audio: modality, text: modality },
  async *samples(count: number) {
    for (let from = 0; from < count; from += 30) {
      const rows = Array.from({ length: Math.min(30, count - from) }, (_, i) => from + i);
      yield {
        image: column(rows.map((row) => row % 4)),
        audio: column(rows.map((row) => (row % 10 === 0 ? (row + 1) % 4 : row % 4))),
        text: column(rows.map((row) => (row % 10 === 1 ? -1 : row % 4))),
      };
    }
  },
  translate(given: JointSamples, to: readonly string[] = []): JointSamples {
    const names = Object.keys(given);
    const change = (name: string) => (values: tf.Tensor) => {
      if (names.join() === 'text' && name === 'audio') return tf.zerosLike(values);
      if (names.length > 1 && name === 'text') return tf.where(tf.greater(values, 2.5), tf.onesLike(values).neg(), values);
      return values.clone();
    };
    return tf.tidy(() => Object.fromEntries(to.map((name) => [name, change(name)(given[names[0]!]!)])));
  },
  read: (samples: JointSamples) => tf.tidy(() => tf.concat(Object.values(samples), 1)) as tf.Tensor2D,
};

/** Rows of classes 0, 1, 2, 3, 0, … in these forms. @param lacking says which forms a row does without */
export function knownRows(
  count: number,
  { lacking, labelled = true }: { lacking?: (form: string, row: number) => boolean; labelled?: boolean } = {},
) {
  const values = Float32Array.from({ length: count }, (_, row) => row % 4);
  const part = (form: string) => ({
    dataset: inMemoryDataset({ values, sampleShape: [1], fingerprint: form }),
    indices: Array.from({ length: count }, (_, row) => (lacking?.(form, row) ? -1 : row)),
  });
  return jointDataset({
    parts: Object.fromEntries(FORMS.map((form) => [form, part(form)])),
    ...(labelled && { labels: [...values] }),
  });
}
