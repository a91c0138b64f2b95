import { type Batch, type Dataset, type FeatureMatrix, samplesAt } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import type { AnyModel, ModalityCommands, SampleFeatures } from '../modalities/modality-commands.js';
import { decoded } from '../modalities/model-form.js';

/** Samples of one side, flattened, and their features. */
export interface Side {
  readonly samples: FeatureMatrix;
  readonly features: FeatureMatrix;
}

/** Some of the samples to measure, out of so many. */
export interface Piece {
  readonly samples: tf.Tensor;
  readonly of: number;
}

const PIECE = 64;

/** Those samples of a dataset, piece by piece. */
export async function* realSamples(dataset: Dataset<Batch>, chosen: Uint32Array): AsyncGenerator<Piece> {
  for (let from = 0; from < chosen.length; from += PIECE) {
    yield { samples: await samplesAt(dataset, [...chosen.subarray(from, from + PIECE)]), of: chosen.length };
  }
}

/** The samples of a seed in the form of the data, piece by piece. */
export async function* generatedSamples(
  modality: ModalityCommands,
  model: AnyModel,
  count: number,
  { seed, conditions }: { readonly seed: number; readonly conditions?: tf.Tensor | undefined },
): AsyncGenerator<Piece> {
  for await (const samples of model.samples(count, { seed, ...(conditions && { conditions }) })) {
    yield { samples: await decoded(modality, model, samples), of: count };
  }
}

/** Takes over the samples that come, and keeps their numbers. */
export async function collected(pieces: AsyncGenerator<Piece>): Promise<FeatureMatrix> {
  const parts: FeatureMatrix[] = [];
  for await (const { samples } of pieces) {
    parts.push(await flattened(samples));
    samples.dispose();
  }
  return joined(parts);
}

/** Takes over the samples that come, and keeps what is to be compared of them. */
export async function measured(
  pieces: AsyncGenerator<Piece>,
  features: SampleFeatures,
  onProgress: (share: number) => void,
): Promise<Side> {
  const parts: Side[] = [];
  let done = 0;
  for await (const { samples, of } of pieces) {
    parts.push({ samples: await flattened(samples), features: await features.of(samples) });
    samples.dispose();
    done += samples.shape[0]!;
    onProgress(done / of);
  }
  return { samples: joined(parts.map(({ samples }) => samples)), features: joined(parts.map((part) => part.features)) };
}

/** All rows of some sets, one after another. */
export function joined(parts: readonly FeatureMatrix[]): FeatureMatrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const { columns } = parts[0]!;
  const values = new Float32Array(rows * columns);
  parts.reduce((at, part) => {
    values.set(part.values, at);
    return at + part.values.length;
  }, 0);
  return { values, rows, columns };
}

async function flattened(samples: tf.Tensor): Promise<FeatureMatrix> {
  const [rows = 0] = samples.shape;
  const values = Float32Array.from(await samples.data());
  return { values, rows, columns: values.length / rows };
}
