import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/dataset.js';
import type { LatentSpace } from '../latent/latent-space.js';
import type { Modality } from '../modality.js';
import { resolveOptions } from '../options/resolve-options.js';
import { Random } from '../random/random.js';
import type { GenerativeModel, SampleOptions } from '../training/generative-model.js';
import type { Json } from '../training/state.js';
import { GanMethod } from './gan-method.js';
import { type GanOptions, ganSchema } from './gan-options.js';

/** The networks of a GAN. Each call makes a network of its own with the same first weights: the averaged generator is a second one. */
export interface GanNetworks {
  /** `[batch, latent]` to `[batch, ...sampleShape]`. */
  generator(): tf.LayersModel;
  /** `[batch, ...sampleShape]` to `[score, features]`: logits `[batch, 1]`, and what the last hidden layer makes of a sample, `[batch, n]`. */
  discriminator(): tf.LayersModel;
}

/** What {@link Gan} is made of. Functions like `dcgan` put it together. */
export interface GanParts<Sample> {
  /** The name of the function that made it, so that a run can be opened again: 'dcgan'. */
  readonly kind: string;
  /** The resolved options of that function. */
  readonly options: Readonly<Record<string, Json>>;
  readonly latent: LatentSpace;
  readonly modality: Modality<Sample>;
  readonly networks: GanNetworks;
}

/** Samples are made in pieces of this many, so that memory stays bounded. */
const PIECE = 64;

/**
 * A generative adversarial network (1406.2661): a generator that turns latent points into samples, and a discriminator that tells them from
 * real ones. Owns its weights until {@link dispose}.
 */
export class Gan<Sample = unknown> implements GenerativeModel<Batch, GanOptions> {
  readonly kind: string;
  readonly options: Readonly<Record<string, Json>>;
  readonly latent: LatentSpace;
  readonly modality: Modality<Sample>;
  /** The generator that is trained. */
  readonly generator: tf.LayersModel;
  /** The generator that samples are drawn from: a moving average of the trained one's weights. */
  readonly averagedGenerator: tf.LayersModel;
  readonly discriminator: tf.LayersModel;
  readonly trainingSchema = ganSchema;

  constructor({ kind, options, latent, modality, networks }: GanParts<Sample>) {
    this.kind = kind;
    this.options = options;
    this.latent = latent;
    this.modality = modality;
    this.generator = networks.generator();
    this.averagedGenerator = networks.generator();
    this.discriminator = networks.discriminator();
  }

  get networks(): { generator: tf.LayersModel; averagedGenerator: tf.LayersModel; discriminator: tf.LayersModel } {
    const { generator, averagedGenerator, discriminator } = this;
    return { generator, averagedGenerator, discriminator };
  }

  get sampler(): tf.LayersModel {
    return this.averagedGenerator;
  }

  trainingMethod(options: GanOptions, random: Random): GanMethod {
    return new GanMethod(this, resolveOptions('train', options, this.trainingSchema), random);
  }

  /** Latent points `[batch, latent.dimensions]` as samples `[batch, ...sampleShape]`. Borrows the points; the caller owns the samples. */
  generate(points: tf.Tensor2D): tf.Tensor {
    return tf.tidy(() => this.averagedGenerator.predict(points) as tf.Tensor);
  }

  /** The score (logit, `[batch, 1]`) and the features (`[batch, n]`) of samples, as in training. Borrows the samples. */
  judge(samples: tf.Tensor): { score: tf.Tensor; features: tf.Tensor } {
    const [score, features] = this.discriminator.apply(samples, { training: true }) as tf.Tensor[];
    return { score: score!, features: features! };
  }

  /** Draws `count` samples, `[count, ...sampleShape]`; the same for the same seed. The caller owns them. */
  async sample(count: number, { seed = 0, truncation = 1 }: SampleOptions = {}): Promise<tf.Tensor> {
    const points = this.latent.sample(count, Random.fromSeed(seed), { truncation });
    const pieces: tf.Tensor[] = [];
    for (let from = 0; from < count; from += PIECE) {
      pieces.push(tf.tidy(() => this.generate(points.slice([from, 0], [Math.min(PIECE, count - from), -1]))));
      // Lets an engine that runs lazily make this piece before the next is asked for.
      await pieces.at(-1)!.data();
    }
    const samples = tf.concat(pieces);
    tf.dispose([points, ...pieces]);
    return samples;
  }

  dispose(): void {
    for (const network of Object.values(this.networks)) network.dispose();
  }
}
