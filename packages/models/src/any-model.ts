import type { Batch, GenerativeModel, LatentModel, SampleOptions } from '@polygan/core';
import type { JointBatch, JointSamples } from '@polygan/multimodal';
import type { Tensor } from '@tensorflow/tfjs';

/** A value that JSON has. */
type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** Options of a model, as a run's record has them. */
export type ModelOptions = Readonly<Record<string, Value>>;

/** How to draw from a model, in its own words. */
export type SamplingOptions = Readonly<Record<string, Value | Tensor>>;

/** What models make: a tensor, or of things in several forms one of each form. */
export type AnySamples = Tensor | JointSamples;

/** What models learn from. */
export type AnyBatch = Batch | JointBatch;

/** A model of any modality, as programs see it: a GAN, a VAE, a language model. */
export type AnyModel<S extends AnySamples = Tensor, B extends AnyBatch = Batch> = GenerativeModel<
  B,
  object,
  SampleOptions & SamplingOptions,
  S
>;

/** A model with a latent space, in which one can go from sample to sample. */
export type AnyLatentModel = AnyModel & Pick<LatentModel, 'latent' | 'generate'>;
