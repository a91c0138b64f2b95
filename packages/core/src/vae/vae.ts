import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/dataset.js';
import { joinedPieces, latentSamples } from '../latent/latent-samples.js';
import type { LatentSpace } from '../latent/latent-space.js';
import { withConditions } from '../latent/with-conditions.js';
import type { Modality } from '../modality.js';
import { resolveOptions } from '../options/resolve-options.js';
import { withDefaults } from '../options/with-defaults.js';
import type { Random } from '../random/random.js';
import type { LatentModel, SampleOptions } from '../training/generative-model.js';
import type { Json } from '../training/state.js';
import type { Posterior } from './divergence.js';
import { VaeMethod } from './vae-method.js';
import { type VaeOptions, vaeSchema } from './vae-options.js';

/** The networks of a VAE. Where the latent space has classes, the last input of both is the class, one-hot, float32 `[batch, classes]`. */
export interface VaeNetworks {
  /** `[batch, ...sampleShape]` to `[mean, logVariance]`, each `[batch, latent]`. */
  encoder(): tf.LayersModel;
  /** `[batch, latent]` to what the likelihood takes, `[batch, ...sampleShape]`. */
  decoder(): tf.LayersModel;
}

/** What {@link Vae} is made of. */
export interface VaeParts<Sample> {
  /** The name of the function that made it, so that a run can be opened again: 'pictureVae'. */
  readonly kind: string;
  /** The resolved options of that function; those that were left out are absent. */
  readonly options: Readonly<Record<string, Json | undefined>>;
  /** Standard normal: that is what the divergence is measured from. */
  readonly latent: LatentSpace;
  readonly modality: Modality<Sample>;
  readonly networks: VaeNetworks;
  /**
   * What of samples the likelihood is about, where that is not the samples as they are: their spectrograms, say. `[batch, ...sampleShape]` to
   * `[batch, …]`, with a gradient. It then says how likely these are, which is no bound of the samples' own likelihood.
   */
  readonly compared?: (samples: tf.Tensor) => tf.Tensor;
  /** How this model is trained where its user says nothing else. */
  readonly training?: VaeOptions;
}

/**
 * A variational autoencoder (1312.6114): an encoder that reads samples into the latent space, and a decoder that makes samples from it. Owns its
 * weights until {@link dispose}.
 */
export class Vae<Sample = unknown> implements LatentModel<Batch, VaeOptions> {
  readonly kind: string;
  readonly options: Readonly<Record<string, Json>>;
  readonly latent: LatentSpace;
  readonly modality: Modality<Sample>;
  readonly encoder: tf.LayersModel;
  readonly decoder: tf.LayersModel;
  readonly trainingSchema: typeof vaeSchema;
  /** What of samples, or of what the decoder makes, the likelihood is about. */
  readonly compared: (samples: tf.Tensor) => tf.Tensor;

  constructor({ kind, options, latent, modality, networks, compared, training }: VaeParts<Sample>) {
    const { distribution } = latent.describe();
    if (distribution !== 'normal') throw new Error(`Vae: the latent space must be 'normal', got '${distribution}'`);
    this.kind = kind;
    this.options = options as Readonly<Record<string, Json>>;
    this.latent = latent;
    this.modality = modality;
    this.encoder = networks.encoder();
    this.decoder = networks.decoder();
    this.compared = compared ?? ((samples) => samples);
    this.trainingSchema = withDefaults(vaeSchema, training ?? {});
  }

  get networks(): { encoder: tf.LayersModel; decoder: tf.LayersModel } {
    const { encoder, decoder } = this;
    return { encoder, decoder };
  }

  get sampler(): tf.LayersModel {
    return this.decoder;
  }

  trainingMethod(options: VaeOptions, random: Random): VaeMethod {
    return new VaeMethod(this, resolveOptions('train', options, this.trainingSchema), random);
  }

  /** The mean of the samples that lie at latent points, logits where the likelihood is categorical. */
  generate(points: tf.Tensor2D, labels?: tf.Tensor1D): tf.Tensor {
    return tf.tidy(() => this.decoder.predict(withConditions([points], { labels }, this.latent)) as tf.Tensor);
  }

  /** Where samples `[batch, ...sampleShape]` lie in the latent space. Borrows them; the caller owns the result. */
  encode(samples: tf.Tensor, labels?: tf.Tensor1D): Posterior {
    return tf.tidy(() => posterior(this.encoder.predict(withConditions([samples], { labels }, this.latent))));
  }

  /** Encoder and decoder as in training. */
  encodeInTraining(samples: tf.Tensor, labels?: tf.Tensor1D): Posterior {
    return posterior(this.encoder.apply(withConditions([samples], { labels }, this.latent), { training: true }));
  }

  decodeInTraining(points: tf.Tensor2D, labels?: tf.Tensor1D): tf.Tensor {
    return this.decoder.apply(withConditions([points], { labels }, this.latent), { training: true }) as tf.Tensor;
  }

  /** Samples as the decoder makes them from the middle of where the encoder sees them, `[batch, ...sampleShape]`. */
  reconstruct(samples: tf.Tensor, labels?: tf.Tensor1D): tf.Tensor {
    return tf.tidy(() => this.generate(this.encode(samples, labels).mean, labels));
  }

  samples(count: number, options?: SampleOptions): AsyncGenerator<tf.Tensor, void, undefined> {
    return latentSamples(this, count, options);
  }

  sample(count: number, options?: SampleOptions): Promise<tf.Tensor> {
    return joinedPieces(this.samples(count, options));
  }

  dispose(): void {
    for (const network of Object.values(this.networks)) network.dispose();
  }
}

function posterior(outputs: unknown): Posterior {
  const [mean, logVariance] = outputs as tf.Tensor2D[];
  return { mean: mean!, logVariance: logVariance! };
}
