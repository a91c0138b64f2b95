import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset } from '../data/dataset.js';
import type { FeatureMatrix } from '../metrics/feature-matrix.js';
import { boolean, custom, integer, optional } from '../options/field.js';
import { resolveOptions } from '../options/resolve-options.js';
import { Random } from '../random/random.js';
import { findClusters } from './find-clusters.js';
import { type SampleClusters, sampleClusters } from './sample-clusters.js';

/** Options of {@link clusterSamples}. */
export interface ClusterOptions {
  /** How many clusters to look for, from 2, in all classes together. Default: one and a half times the root of the number of samples. */
  readonly clusters?: number | undefined;
  /** Whether to look for them within each class of the data by itself. Default false: without regard to classes. */
  readonly withinClasses?: boolean;
  /** Decides where the search begins. Default 0. */
  readonly seed?: number | undefined;
  /** Called while samples are looked at, with the share that is done. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const schema = {
  clusters: optional(integer({ min: 2 })),
  withinClasses: boolean({ default: false }),
  seed: integer({ default: 0 }),
  onProgress: optional(custom<(share: number) => void>('a function', (given) => typeof given === 'function')),
};

/** Clusters are looked for among so many samples; all others join the nearest. */
const MOST_SEARCHED = 5000;
const PIECE = 64;

/**
 * Groups of samples that are alike, found without labels. A GAN that is told them learns as one that is told classes does (Liu et al. 2020, arXiv 2006.10728;
 * here they are found once and before training, as by Sage et al. 2017, arXiv 1712.04407).
 *
 * A sample that varies from pass to pass stays where it was in the first.
 *
 * @param featuresOf features of samples `[batch, …]` that are near each other where samples are alike; it borrows them
 * @throws {OptionsError} for an option that is unknown or not what it must be
 * @throws if clusters are to be found within classes, and samples have none
 */
export async function clusterSamples(
  data: Dataset<Batch>,
  featuresOf: (samples: tf.Tensor) => Promise<FeatureMatrix>,
  options: ClusterOptions = {},
): Promise<SampleClusters> {
  const { withinClasses, seed, onProgress, ...asked } = resolveOptions('clusterSamples', options, schema);
  const count = asked.clusters ?? Math.max(2, Math.round(1.5 * Math.sqrt(data.size)));
  const random = Random.fromSeed(seed).split('clusters');
  const order = [...random.permutation(data.size)];
  const pieces = Array.from({ length: Math.ceil(data.size / PIECE) }, (_, i) => order.slice(i * PIECE, (i + 1) * PIECE));
  const look = async (piece: number) => {
    const { samples, labels } = await data.batch(pieces[piece]!);
    if (withinClasses && !labels) {
      samples.dispose();
      throw new Error('clusterSamples: samples have no classes to look for clusters in');
    }
    const features = await featuresOf(samples);
    const classes = withinClasses ? [...(await labels!.data())] : pieces[piece]!.map(() => 0);
    tf.dispose([samples, ...(labels ? [labels] : [])]);
    onProgress?.((piece + 1) / pieces.length);
    return { features, classes };
  };

  const searched: Awaited<ReturnType<typeof look>>[] = [];
  while (searched.length < Math.min(pieces.length, MOST_SEARCHED / PIECE)) searched.push(await look(searched.length));
  const all = joined(searched.map(({ features }) => features));
  const found = findClusters(
    all,
    searched.flatMap(({ classes }) => classes),
    { count, random },
  );
  const labels = new Int32Array(data.size);
  for (const [piece, numbers] of pieces.entries()) {
    const { features, classes } = searched[piece] ?? (await look(piece));
    for (const [row, cluster] of found.of(features, classes).entries()) labels[numbers[row]!] = cluster;
  }
  return sampleClusters(labels, withinClasses ? found.owners : []);
}

function joined(parts: readonly FeatureMatrix[]): FeatureMatrix {
  const { columns } = parts[0]!;
  const values = Float64Array.from(parts.flatMap((part) => [...part.values]));
  return { values, rows: values.length / columns, columns };
}
