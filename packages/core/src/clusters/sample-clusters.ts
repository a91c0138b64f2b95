import { integer, listOf, optional, positiveInteger, string } from '../options/field.js';
import { nested } from '../options/resolve-options.js';

/** Groups of samples that are alike, as `clusterSamples` finds them; plain JSON. */
export interface SampleClusters {
  /** How many samples of the data are in each. */
  readonly sizes: readonly number[];
  /** The class that each belongs to; empty where they were looked for without regard to classes. */
  readonly classOf: readonly number[];
  /** The number of the cluster of each sample of the data, with spaces between. */
  readonly members: string;
}

/** For options that are {@link SampleClusters}. */
export const clustersField = optional(
  nested({ sizes: listOf(positiveInteger()), classOf: listOf(integer({ min: 0 }), { default: [] }), members: string() }),
);

/** The clusters of samples, from the number that each sample has; numbers without samples are left out, and the others move up. */
export function sampleClusters(labels: Int32Array, classOf: readonly number[]): SampleClusters {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  const places = new Map(present.map((label, place) => [label, place]));
  const sizes = present.map(() => 0);
  for (const label of labels) sizes[places.get(label)!]!++;
  return {
    sizes,
    classOf: present.flatMap((label) => classOf[label] ?? []),
    members: Array.from(labels, (label) => places.get(label)).join(' '),
  };
}

/** The cluster of each sample. */
export function clusterLabels({ members }: SampleClusters): Int32Array {
  return Int32Array.from(members.split(' '), Number);
}
