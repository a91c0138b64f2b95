import type { GenerativeModel, LatentSpace, Modality, SampleOptions } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import type { JointBatch } from './data/joint-batch.js';
import type { RefineOptions } from './refinement/refine-options.js';

/** A tensor of each modality by name, `[batch, ...sampleShape]`. */
export type JointSamples = Readonly<Record<string, tf.Tensor>>;

/** Latent points: what all forms share, and what each has for itself. */
export interface JointPoints {
  /** `[batch, latentDimensions]`. */
  readonly shared: tf.Tensor2D;
  /** Of each modality by name, `[batch, privateDimensions]`; of models without private parts, none. */
  readonly own: Readonly<Record<string, tf.Tensor2D>>;
}

/** What samples are generated from. Whoever is given it owns its tensors. */
export interface CodedPoints {
  /** `[batch, codeDimensions]`. */
  readonly codes: tf.Tensor2D;
  /** Of each modality by name, `[batch, privateDimensions]`; of models without private parts, none. */
  readonly own: Readonly<Record<string, tf.Tensor2D>>;
}

/** What {@link MultimodalModel.refine} found. */
export interface RefinedPoints extends CodedPoints {
  /**
   * How badly the best of the points fitted that it began with, and how badly the result fits: the distance from what was given and what unlikely points cost,
   * mean over the rows.
   */
  readonly before: number;
  readonly after: number;
}

/**
 * Several modalities under one shared latent space, however they are joined: what scores, refinement and commands work with.
 *
 * What forms of one thing have in common is a *code*. Latent points are turned into codes, samples are read as codes, and every form is generated from
 * a code and what the form has for itself.
 */
export interface MultimodalModel<MethodOptions = unknown>
  extends GenerativeModel<JointBatch, MethodOptions, SampleOptions, JointSamples> {
  /** What shared latent points are drawn from. */
  readonly latent: LatentSpace;
  /** The modalities by name, in the order of the outputs of {@link sampler}. */
  readonly modalities: Readonly<Record<string, Modality>>;
  /** `[shared, ...own]` (`shared` alone where there are no private parts) to a tensor of each modality. */
  readonly sampler: tf.LayersModel;
  /** A network of each modality by name that reads its samples: all that {@link read} needs, as the sampler is all that drawing needs. */
  readonly readers: Readonly<Record<string, tf.LayersModel>>;
  /** Draws `count` latent points. The caller owns them. */
  points(count: number, options?: Pick<SampleOptions, 'seed' | 'truncation'>): JointPoints;
  /** Latent points as samples of every modality. Borrows the points; the caller owns the samples. */
  generate(points: JointPoints): JointSamples;
  /** The codes `[batch, codeDimensions]` of things of which some forms are known. Borrows the samples; the caller owns the codes. */
  read(samples: JointSamples): tf.Tensor2D;
  /** Samples of these modalities (default: all) with these codes. Borrows everything; the caller owns the samples. */
  generateFrom(codes: tf.Tensor2D, own: JointPoints['own'], to?: readonly string[]): JointSamples;
  /**
   * Other forms of the samples that are given: of each thing one answer, drawn by the seed; another seed gives other answers where there are some.
   * Borrows the samples; the caller owns the result.
   *
   * @param given samples by modality, all of as many rows
   * @param to the modalities that are wanted; default: those that are not given
   */
  translate(given: JointSamples, to?: readonly string[], options?: Pick<SampleOptions, 'seed'>): JointSamples;
  /**
   * Codes and private parts from which the given forms come out as near as can be to what was given, by gradient steps from where they are read. Then
   * `generateFrom` gives the other forms. Borrows the samples.
   *
   * @param given samples by modality, all of as many rows
   */
  refine(given: JointSamples, options?: RefineOptions): Promise<RefinedPoints>;
}
