import { drawnLabels, type LatentDescription, latentSpace, type Random, withConditions } from '@polygan/core';
import { principalDirections } from '@polygan/image';
import * as tf from '@tensorflow/tfjs';
import { decodeForms, type MadeForm, type Options } from './decode-forms.js';
import type { DrawingModel, DrawingSpace } from './drawing-model.js';
import { drawPoints, type LatentPart, type Point } from './latent-parts.js';
import type { Sample } from './sample.js';

/** What {@link samplerModel} is made of. */
export interface SamplerParts {
  /** From latent points (and classes) to tensors, as a run keeps it. */
  readonly sampler: tf.LayersModel;
  /** What it makes, in the order of its outputs. */
  readonly forms: readonly MadeForm[];
  /** Options of the model, which say what its latent space is like. */
  readonly options: Options;
  readonly classNames?: readonly string[] | undefined;
  /** Turns what the network makes into the tensors that {@link forms} are about, where that is something else. Takes over its argument. */
  readonly finish?: ((made: tf.Tensor) => Promise<tf.Tensor>) | undefined;
}

/** Which form one sees at once, of those that there are. */
const SEEN = ['image', 'text', 'audio'] as const;
/** Samples that are made at once: few, so that the first are soon seen. */
const PIECE = 4;
/** Samples by which directions are found, and how many directions. */
const SURVEYED = 160;
const DIRECTIONS = 8;

/** A model whose samples come from points of a latent space through one network, which is all that has to be loaded to draw from it. */
export function samplerModel({ sampler, forms, options, classNames, finish }: SamplerParts): DrawingModel {
  const classes = options.classes === undefined ? undefined : Number(options.classes);
  const latent = latentSpace(latentOf(options, sampler, classes));
  // What networks are told beside points: the cluster of a sample, or else its class.
  const kinds = latent.clusters?.sizes.length ?? classes;
  const parts = partsOf(sampler, kinds !== undefined);
  const networks = [sampler, ...(forms.length > 1 ? forms.map(({ kind }, i) => oneForm(sampler, parts, kind, i)) : [])];
  /** What the networks make of points: all forms, or the one that is asked for. */
  const network = (points: tf.Tensor2D, labels?: tf.Tensor1D, only?: number): tf.Tensor[] => {
    const sizes = parts.map(({ dimensions }) => dimensions);
    const split = parts.length === 1 ? [points] : tf.split(points, sizes, 1);
    const isOne = only !== undefined && forms.length > 1;
    const given = isOne ? split.filter((_, i) => i === 0 || parts[i]!.name === forms[only]!.kind) : split;
    const made = networks[isOne ? only + 1 : 0]!.predict(withConditions(given, { labels }, latent)) as tf.Tensor | tf.Tensor[];
    return Array.isArray(made) ? made : [made];
  };
  /** The form that is seen at once, and is made fastest. */
  const seen = Math.max(0, SEEN.map((kind) => forms.findIndex((form) => form.kind === kind)).find((i) => i >= 0) ?? 0);

  const space: DrawingSpace = {
    latent,
    parts,
    truncates: latent.describe().distribution !== 'sphere',
    labels(count, { seed, label }) {
      const drawn = drawnLabels(latent, count, { seed, label });
      return drawn && [...drawn];
    },
    points: (count, drawing) => drawPoints(latent, parts, count, drawing),
    async generate(points, labels, extent = 'all') {
      const only = extent === 'seen' ? seen : undefined;
      const made = tf.tidy(() => {
        const rows = tf.tensor2d(joined(points), [points.length, points[0]!.length]);
        return network(rows, labels && tf.tensor1d([...labels], 'int32'), only);
      });
      const tensors = finish ? [await finish(made[0]!)] : made;
      const samples = await decodeForms(only === undefined ? forms : [forms[only]!], tensors);
      tf.dispose(tensors);
      return samples;
    },
    directions: once(() =>
      findDirections(parts, space, (rows) => {
        // Of one kind, as if there were no other.
        const labels = kinds === undefined ? undefined : tf.zeros<tf.Rank.R1>([rows.shape[0]], 'int32');
        return network(rows, labels, seen)[0]!;
      }),
    ),
  };
  return {
    forms: forms.map(({ kind }) => kind),
    ...(classes !== undefined && { classNames: classNames ?? Array.from({ length: classes }, (_, i) => String(i)) }),
    space,
    hasTemperature: false,
    async *samples(count, drawing): AsyncGenerator<Sample[], void, undefined> {
      const points = await space.points(count, drawing);
      const labels = space.labels(count, drawing);
      // The first one alone, as somebody waits for it.
      for (let from = 0, size = 1; from < count; from += size, size = PIECE) {
        const some = points.slice(from, from + size);
        yield await space.generate(some, labels?.slice(from, from + size));
      }
    },
  };
}

async function findDirections(
  parts: readonly LatentPart[],
  space: DrawingSpace,
  generate: (points: tf.Tensor2D) => tf.Tensor,
): Promise<readonly Point[]> {
  const dimensions = parts.reduce((sum, part) => sum + part.dimensions, 0);
  const points = await space.points(SURVEYED, { seed: 0, truncation: 1 });
  const all = {
    defaultInterpolation: space.latent.defaultInterpolation,
    sampleLabels: space.latent.sampleLabels,
    describe: space.latent.describe,
    dimensions,
    sample: (count: number, _: Random) => tf.tensor2d(joined(points.slice(0, count)), [count, dimensions]),
  };
  const { directions } = await principalDirections({ latent: all, generate }, { count: DIRECTIONS, samples: SURVEYED });
  const rows = (await directions.array()) as number[][];
  directions.dispose();
  return rows.map((row) => Float32Array.from(row));
}

/** The part of a sampler that makes one form. */
function oneForm({ inputs, outputs }: tf.LayersModel, parts: readonly LatentPart[], kind: string, index: number): tf.LayersModel {
  return tf.model({ inputs: inputs.filter((_, i) => i === 0 || parts[i]?.name === kind), outputs: outputs[index]! });
}

/** The inputs of a sampler are its latent points, each part under its name, and last the classes where there are some. */
function partsOf({ inputs }: tf.LayersModel, isToldKinds: boolean): LatentPart[] {
  const points = isToldKinds ? inputs.slice(0, -1) : inputs;
  return points.map(({ name, shape }, i) => ({ name: i === 0 ? 'shared' : name, dimensions: shape[1]! }));
}

function latentOf(
  { latent, bound, clusters }: Options,
  { inputs }: tf.LayersModel,
  classes: number | undefined,
): LatentDescription {
  return {
    distribution: (latent ?? 'normal') as LatentDescription['distribution'],
    dimensions: inputs[0]!.shape[1]!,
    ...(classes !== undefined && { classes }),
    ...(clusters != null && { clusters: clustersOf(clusters as ClustersOption) }),
    ...(latent === 'truncatedNormal' && bound !== undefined && { bound: Number(bound) }),
  };
}

/** As the record of a run has them, with more beside what a latent space must know. */
type ClustersOption = NonNullable<LatentDescription['clusters']>;

function clustersOf({ sizes, classOf }: ClustersOption): ClustersOption {
  return { sizes, classOf };
}

function joined(points: readonly Point[]): Float32Array {
  const values = new Float32Array(points.length * points[0]!.length);
  points.forEach((point, i) => {
    values.set(point, i * point.length);
  });
  return values;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
