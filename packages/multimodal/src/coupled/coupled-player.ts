import { type GanParts, type Posterior, Random } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { featureNetwork, readingInputs, readingNetwork, withJudgeInputs } from '../game/networks-of-parts.js';
import { ownCritic, pointReader } from './coupled-networks.js';

/** One modality of a coupled GAN: what it does not share of generator and discriminator, and what reads it. Owns their weights. */
export class CoupledPlayer {
  readonly name: string;
  readonly parts: GanParts<unknown>;
  /** `[batch, latent dimensions + private ones]`, what the trunk gives and the private part, to samples. */
  readonly generator: tf.LayersModel;
  readonly averagedGenerator: tf.LayersModel;
  /** Samples to what the shared head takes. */
  readonly critic: tf.LayersModel;
  /** Reads where samples lie in the shared latent space. */
  readonly reader: tf.LayersModel;
  /** Reads samples back into points `[batch, latent dimensions + private ones]`, of modalities that are autoencoded too. */
  readonly encoder: tf.LayersModel | undefined;
  /** Latent dimensions that this modality has for itself; 0 as in the paper. */
  readonly privateDimensions: number;

  /** @param parts without classes, of at least as many latent dimensions as are shared */
  constructor(name: string, parts: GanParts<unknown>, latentDimensions: number, random: Random) {
    this.name = name;
    this.parts = parts;
    this.privateDimensions = parts.latent.dimensions - latentDimensions;
    this.generator = parts.networks.generator();
    this.averagedGenerator = parts.networks.generator();
    // As layers of one sampler, generators of all modalities need names of their own.
    this.averagedGenerator.name = `${name}-generator`;
    this.encoder = parts.autoencoder?.encoder();
    this.critic = ownCritic(featureNetwork(parts.networks), random.split('critic'));
    this.reader = pointReader(readingNetwork(parts), latentDimensions, random.split('reader'));
  }

  /** What the critic makes of samples: what the shared head takes, and features `[batch, n]`. @param random draws the critic's random inputs, where it has some */
  look(samples: tf.Tensor, random: Random): { readonly common: tf.Tensor; readonly features: tf.Tensor } {
    const outputs = this.critic.apply(withJudgeInputs(this.parts.networks, samples, random), { training: true });
    const [common, features] = outputs as [tf.Tensor, tf.Tensor];
    return { common, features };
  }

  /** What a sample says of where it lies, beside the prior. @param random draws the random inputs of a reader made like a critic; only training has it */
  read(samples: tf.Tensor, random?: Random): Posterior {
    const inputs = readingInputs(this.parts, samples, random ?? Random.fromSeed(0));
    const [mean, logVariance] = this.reader.apply(inputs, { training: random !== undefined }) as tf.Tensor2D[];
    return { mean: mean!, logVariance: logVariance! };
  }

  /** Frees all but the averaged generator, which goes with the sampler that it is part of. */
  dispose(): void {
    for (const network of [this.generator, this.critic, this.reader, this.encoder]) network?.dispose();
  }
}
