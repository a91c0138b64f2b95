import { type MetricResult, positiveInteger, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { MultimodalModel } from '../multimodal-model.js';
import { type Classifiers, classesOf, judgedModalities, NO_CLASS } from './classify.js';
import { seedField } from './score-options.js';
import { shareCounter } from './share-counter.js';

/** Options of {@link jointCoherence}. */
export interface JointCoherenceOptions {
  /** How many points are drawn. Default 1,000, which tells the score to about ±0.03. */
  readonly count?: number;
  /** Draws them. Default 0. */
  readonly seed?: number | string;
}

/** The result of {@link jointCoherence}. */
export interface JointCoherence extends MetricResult {
  readonly name: 'jointCoherence';
  /** Share of draws whose forms are all of one class, 0 to 1. */
  readonly value: number;
  /** By modality: the share of draws that its classifier finds to be of a class at all. */
  readonly classified: Readonly<Record<string, number>>;
  /** By class: the share of draws that are of it in all forms. A class that is missing here is one that the model has lost. */
  readonly classes: Readonly<Record<number, number>>;
}

const schema = { count: positiveInteger({ default: 1000 }), seed: seedField };

/**
 * Do the forms that come from one latent point belong together? The share of draws from the prior for which all modalities' classifiers agree (MMVAE,
 * 1911.03393; MultiVae's "joint coherence"). A draw that a classifier finds no class in does not agree.
 *
 * @param classifiers of at least two modalities; draws are judged by those that are given
 * @throws if there are fewer, or one is of no modality of the model
 */
export async function jointCoherence(
  model: Pick<MultimodalModel, 'modalities' | 'samples'>,
  classifiers: Classifiers,
  options: JointCoherenceOptions = {},
): Promise<JointCoherence> {
  const { count, seed } = resolveOptions('jointCoherence', options, schema);
  const names = judgedModalities('jointCoherence', model, classifiers, 2);
  const classified = shareCounter();
  const agreed = new Map<number, number>();
  for await (const samples of model.samples(count, { seed })) {
    try {
      const found = await classesOf(samples, classifiers);
      for (let row = 0; row < found[names[0]!]!.length; row++) {
        const classes = names.map((name) => found[name]![row]!);
        for (const [i, name] of names.entries()) classified.count(name, classes[i] !== NO_CLASS);
        const [first] = classes as [number];
        if (first !== NO_CLASS && classes.every((each) => each === first)) agreed.set(first, (agreed.get(first) ?? 0) + 1);
      }
    } finally {
      tf.dispose(samples as tf.NamedTensorMap);
    }
  }
  return {
    name: 'jointCoherence',
    value: [...agreed.values()].reduce((sum, some) => sum + some, 0) / count,
    classified: classified.shares(),
    classes: Object.fromEntries([...agreed].map(([each, some]) => [each, some / count])),
    fake: count,
    seed,
  };
}
