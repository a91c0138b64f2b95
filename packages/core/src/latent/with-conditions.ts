import * as tf from '@tensorflow/tfjs';
import type { LatentSpace } from './latent-space.js';

/** What the networks of a model are told of each sample. Lent, never taken over. */
export interface Told {
  /** Its cluster where the latent space has some, or else its class, int32 `[batch]`. */
  readonly labels?: tf.Tensor1D | undefined;
  /** What it is made under, float32 `[batch, ...conditionShape]`. */
  readonly conditions?: tf.Tensor | undefined;
}

/** How many kinds of samples the networks of a model tell apart: clusters where they are told them, else classes; undefined where they are told nothing. */
export function toldKinds({ classes, clusters }: Pick<LatentSpace, 'classes' | 'clusters'>): number | undefined {
  return clusters?.sizes.length ?? classes;
}

/**
 * The inputs of a network of a model, and after them what it is told: the cluster or class of each sample, one-hot, float32 `[batch, {@link toldKinds}]`, where the latent
 * space has some, and its condition, where it has some. Borrows everything; what it adds is the caller's.
 *
 * @throws if it is not told what it must be
 */
export function withConditions(
  inputs: readonly tf.Tensor[],
  { labels, conditions }: Told,
  latent: LatentSpace,
): tf.Tensor | tf.Tensor[] {
  const kinds = toldKinds(latent);
  const { conditionShape } = latent;
  const all = [...inputs];
  if (kinds) {
    if (!labels) {
      const name = latent.clusters ? 'clusters' : 'classes';
      throw new Error(`a model of ${kinds} ${name} needs the label of each sample, got none`);
    }
    all.push(tf.cast(tf.oneHot(labels, kinds), 'float32'));
  }
  if (conditionShape) {
    const got = conditions?.shape.slice(1);
    if (!conditions || String(got) !== String(conditionShape)) {
      throw new Error(
        `a model that is told conditions of shape [${conditionShape}] needs one for each sample, got ${got ? `[${got}]` : 'none'}`,
      );
    }
    all.push(conditions);
  }
  return all.length === 1 ? all[0]! : all;
}
