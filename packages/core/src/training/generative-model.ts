import type * as tf from '@tensorflow/tfjs';
import type { Trainable } from './method.js';
import type { Json } from './state.js';

/** How samples are drawn from a model. */
export interface SampleOptions {
  /** Draws the latent points: the same seed, the same samples. Default 0. */
  readonly seed?: number | string;
  /** How far from the middle of the latent space to go, 0 to 1: less variety, more typical samples. Default 1. */
  readonly truncation?: number;
}

/** A model of any kind that can be trained, sampled from and kept in a run folder: a GAN, a VAE, a language model. */
export interface GenerativeModel<B, MethodOptions> extends Trainable<B, MethodOptions> {
  /** The name of the function that made it, so that a run can be opened again: 'dcgan'. */
  readonly kind: string;
  /** The resolved options of that function. */
  readonly options: Readonly<Record<string, Json>>;
  /** The network that samples come from, `[batch, latent]` to `[batch, ...sampleShape]`; a run keeps it as tfjs files. */
  readonly sampler: tf.LayersModel;
  /** Draws `count` samples, `[count, ...sampleShape]`. The caller owns them. */
  sample(count: number, options?: SampleOptions): Promise<tf.Tensor>;
  dispose(): void;
}
