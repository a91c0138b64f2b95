import type * as tf from '@tensorflow/tfjs';
import type { JointSamples, MultimodalModel } from '../multimodal-model.js';

/**
 * Says which class each sample `[batch, ...sampleShape]` is of, by the numbers that all modalities and the labels of the data share; {@link NO_CLASS} for
 * a sample of none. Borrows the samples.
 *
 * A score is as good as its classifiers: they should be trained on real samples only, and name at least 97 % of held-out ones rightly.
 */
export type Classify = (samples: tf.Tensor) => Promise<ArrayLike<number>>;

/** By the names of the modalities. Modalities without one are not judged. */
export type Classifiers = Readonly<Record<string, Classify>>;

/** What a classifier says of a sample that is of no class. */
export const NO_CLASS = -1;

/** The classes of samples by modality, of those that there are both samples of and a classifier for. */
export async function classesOf(samples: JointSamples, classifiers: Classifiers): Promise<Record<string, ArrayLike<number>>> {
  const classes: Record<string, ArrayLike<number>> = {};
  // One after the other: classifiers may share an engine.
  for (const [name, some] of Object.entries(samples)) {
    const classify = classifiers[name];
    if (!classify) continue;
    const found = await classify(some);
    if (found.length !== some.shape[0]) {
      throw new Error(
        `the classifier of '${name}' gave ${found.length} classes for ${some.shape[0]} samples; it must give one for each`,
      );
    }
    classes[name] = found;
  }
  return classes;
}

/**
 * The modalities of a model that can be judged, in the model's order.
 *
 * @throws if a classifier is of no modality, or there are fewer than `minimum`
 */
export function judgedModalities(
  caller: string,
  { modalities }: Pick<MultimodalModel, 'modalities'>,
  classifiers: Classifiers,
  minimum: number,
): string[] {
  const names = Object.keys(modalities);
  const unknown = Object.keys(classifiers).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`${caller}: a classifier was given for '${unknown}', but the model has ${names.join(', ')}`);
  }
  const judged = names.filter((name) => Object.hasOwn(classifiers, name));
  if (judged.length < minimum) {
    throw new Error(`${caller}: expected classifiers of at least ${minimum} of ${names.join(', ')}, got ${judged.length}`);
  }
  return judged;
}
