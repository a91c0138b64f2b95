import * as tf from '@tensorflow/tfjs';
import type { JointSamples, MultimodalModel } from '../multimodal-model.js';
import type { RefineOptions } from './refine-options.js';
import { knownPart } from './sample-distance.js';

/**
 * Completes samples of which a part is known: half of a picture, the beginning of a sound. Points are found from which the known part comes out, and what they
 * give elsewhere is put in its place; forms that are not given at all are generated from the same points. Another seed may find another completion.
 *
 * @param given samples by modality, all of as many rows; what is not known in them may be anything
 * @param known by modality, 1 where a number is known and 0 elsewhere, `[batch, ...sampleShape]`; a modality that is left out is known as a whole. Borrows both
 * @returns every modality, `[batch, ...sampleShape]`, the known parts as they were given; the caller owns it
 */
export async function complete(
  model: Pick<MultimodalModel, 'refine' | 'generateFrom'>,
  given: JointSamples,
  known: JointSamples,
  options: Omit<RefineOptions, 'known'> = {},
): Promise<JointSamples> {
  const points = await model.refine(given, { ...options, known });
  try {
    return tf.tidy(() => {
      const made = Object.entries(model.generateFrom(points.codes, points.own)).map(([name, generated]) => {
        const some = given[name];
        return [name, some ? knownPart(generated, some, known[name]).clone() : generated] as const;
      });
      return Object.fromEntries(made);
    });
  } finally {
    tf.dispose([points.codes, points.own] as unknown as tf.TensorContainer);
  }
}
