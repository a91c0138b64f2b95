import { Random } from '../random/random.js';
import type { LatentSpace } from './latent-space.js';

/** Of which class or cluster samples are to be. */
export interface LabelChoice {
  /** Decides the clusters. */
  readonly seed: number | string;
  /** The class of all samples; without it the classes take turns. */
  readonly label?: number | undefined;
  /** The cluster of all samples; without it each is drawn, by its share in the data. */
  readonly cluster?: number | undefined;
}

/**
 * What the networks are to be told of `count` samples, the clusters or classes of a latent space; undefined where they are told nothing. More samples are a
 * continuation.
 *
 * @throws if there is no such class or cluster, or the cluster is not of the class
 */
export function drawnLabels(latent: LatentSpace, count: number, { seed, label, cluster }: LabelChoice): Int32Array | undefined {
  const { classes, clusters } = latent;
  refuseUnknown('label', 'class', label, classes);
  refuseUnknown('cluster', 'cluster', cluster, clusters?.sizes.length);
  const classAt = (sample: number) => label ?? (classes ? sample % classes : 0);
  if (!clusters) return classes ? Int32Array.from({ length: count }, (_, i) => classAt(i)) : undefined;
  const { sizes, classOf } = clusters;
  if (cluster !== undefined) {
    if (label !== undefined && classOf[cluster] !== label) {
      throw new Error(`sample: cluster ${cluster} is of class ${classOf[cluster]}, not ${label}; ask for one of the two`);
    }
    return new Int32Array(count).fill(cluster);
  }
  const random = Random.fromSeed(seed).split('clusters');
  return Int32Array.from({ length: count }, (_, i) => {
    const candidates = sizes.map((size, number) => ((classOf[number] ?? classAt(i)) === classAt(i) ? size : 0));
    let left = random.uniform() * candidates.reduce((sum, size) => sum + size, 0);
    return candidates.findIndex((size) => {
      left -= size;
      return left < 0;
    });
  });
}

function refuseUnknown(option: string, kind: string, asked: number | undefined, count = 0): void {
  if (asked === undefined || (Number.isInteger(asked) && asked >= 0 && asked < count)) return;
  throw new Error(
    `sample: ${option} must be a ${kind} of the model, ${count ? `0 to ${count - 1}` : 'which has none'}; got ${asked}`,
  );
}
