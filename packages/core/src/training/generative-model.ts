import type * as tf from '@tensorflow/tfjs';
import type { LatentSpace } from '../latent/latent-space.js';
import type { Trainable } from './method.js';
import type { Json } from './state.js';

/** How samples are drawn from a model. */
export interface SampleOptions {
  /** Draws whatever is random: the same seed, the same samples. Default 0. */
  readonly seed?: number | string;
  /** Of a model with a latent space: how far from its middle to go, 0 to 1: less variety, more typical samples. Default 1. */
  readonly truncation?: number;
  /** Of a model with classes: the class of all samples. Without it the classes take turns: sample i is of class i mod classes. */
  readonly label?: number;
  /** Of a model that is told conditions: those of the samples, `[n, ...conditionShape]`; sample i is made under condition i mod n. Borrowed. */
  readonly conditions?: tf.Tensor;
  /** Of a model that is told clusters of its data: the cluster of all samples. Without it each is drawn, as often as it is in the data. */
  readonly cluster?: number;
}

/**
 * A model of any kind that can be trained, sampled from and kept in a run folder: a GAN, a VAE, a language model. Its samples are a tensor, or one of
 * each modality by name.
 */
export interface GenerativeModel<
  B,
  MethodOptions,
  Sampling extends SampleOptions = SampleOptions,
  Samples extends tf.Tensor | Readonly<Record<string, tf.Tensor>> = tf.Tensor,
> extends Trainable<B, MethodOptions> {
  /** The name of the function that made it, so that a run can be opened again: 'dcgan'. */
  readonly kind: string;
  /** The resolved options of that function. */
  readonly options: Readonly<Record<string, Json>>;
  /** The network that samples come from, of a GAN `[batch, latent]` to `[batch, ...sampleShape]`; a run keeps it as tfjs files. */
  readonly sampler: tf.LayersModel;
  /** Networks that read samples, by name, of models that make some samples from others; a run keeps each in a folder beside the sampler's files. */
  readonly readers?: Readonly<Record<string, tf.LayersModel>>;
  /**
   * Draws `count` samples piece by piece, so that memory stays bounded, each piece `[n, ...sampleShape]`. The same for the same seed, whatever the
   * count: more samples are a continuation. The caller owns the pieces.
   */
  samples(count: number, options?: Sampling): AsyncGenerator<Samples, void, undefined>;
  /** All of {@link samples} as one tensor, `[count, ...sampleShape]`. The caller owns it. */
  sample(count: number, options?: Sampling): Promise<Samples>;
  dispose(): void;
}

/** A model whose samples come from the points of a latent space, one from each: a GAN, a VAE. */
export interface LatentModel<B = unknown, MethodOptions = unknown> extends GenerativeModel<B, MethodOptions> {
  readonly latent: LatentSpace;
  /**
   * Latent points `[batch, latent.dimensions]` as samples `[batch, ...sampleShape]`. Borrows the points; the caller owns the samples.
   *
   * @param labels int32 `[batch]`, of models with clusters, or else classes
   * @param conditions `[batch, ...conditionShape]`, of models that are told some
   */
  generate(points: tf.Tensor2D, labels?: tf.Tensor1D, conditions?: tf.Tensor): tf.Tensor;
}
