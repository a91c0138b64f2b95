import { type GanParts, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { readingInputs, readingNetwork, withJudgeInputs } from '../game/networks-of-parts.js';
import type { MannerMemory } from '../layers/manner-memory.js';
import {
  codedCritic,
  codeReader,
  generatorPoint,
  mannerCritic,
  mannerMemory,
  pieceDirections,
  varietyCritic,
} from './joint-networks.js';

/** What is said of samples, which a critic compares with them. */
export interface Said {
  readonly codes: tf.Tensor2D;
  /** The codes by which samples are like others, where those that they are said to have are wrong; default: `codes`. */
  readonly likeness?: tf.Tensor2D;
  /** Of modalities whose samples have one. */
  readonly manners?: tf.Tensor2D | undefined;
}

/** What a critic says of samples. */
export interface Judgement {
  /** Logits `[batch, scores]` of samples of which this is said. Borrows it. */
  scoreWith(said: Said): tf.Tensor;
  /** What its last hidden layer makes of them, `[batch, n]`. */
  readonly features: tf.Tensor;
}

/** What the codes of a model are like. */
export interface Codes {
  readonly codeDimensions: number;
  /** How long they are where generators are given them. */
  readonly codeLength: number;
  /** How many things are remembered. */
  readonly memory: number;
  /** How many numbers a manner has; 0 for no manners. */
  readonly mannerDimensions: number;
}

/** What samples are like all along. */
export interface Manners {
  readonly dimensions: number;
  /** Samples to manners, as they are. */
  readonly of: tf.LayersModel;
  /** The {@link MannerMemory}. */
  readonly memory: tf.LayersModel;
  /** The part of the critic that is told them. */
  readonly critic: tf.LayersModel;
}

/** One modality of a multimodal GAN: the networks that read it, make it and judge it. Owns their weights. */
export class Player {
  readonly name: string;
  readonly parts: GanParts<unknown>;
  readonly generator: tf.LayersModel;
  readonly averagedGenerator: tf.LayersModel;
  /** Codes and private points to what the generators are given. */
  readonly point: tf.LayersModel;
  readonly critic: tf.LayersModel;
  /** The part of the critic that sees all samples of a batch at once; none of modalities with pieces that can be named, such as words, whose critics would win by it. */
  readonly varietyCritic: tf.LayersModel | undefined;
  /** What samples are like all along, and what of that goes with which codes; of modalities that have manners. */
  readonly manners: Manners | undefined;
  /** Reads samples as codes. */
  readonly reader: tf.LayersModel;
  /** Where the pieces that samples are made of lie among codes, of modalities whose pieces can be named. */
  readonly pieces: tf.LayersModel | undefined;
  /** Reads samples back into points `[batch, latent]`, of modalities that are autoencoded too. */
  readonly encoder: tf.LayersModel | undefined;
  /** Latent dimensions that this modality has for itself: what the others do not show. */
  readonly privateDimensions: number;

  /** @throws if the modality's generator takes no more than the code, or has classes */
  constructor(
    name: string,
    parts: GanParts<unknown>,
    { codeDimensions, codeLength, memory, mannerDimensions }: Codes,
    random: Random,
  ) {
    const { dimensions, classes } = parts.latent;
    if (classes)
      throw new Error(`multimodalGan: '${name}' has classes; leave them out, the shared code says what a sample is of`);
    if (dimensions <= codeDimensions) {
      throw new Error(
        `multimodalGan: the generator of '${name}' takes ${dimensions} latent dimensions; it needs more than the ${codeDimensions} of the shared code`,
      );
    }
    this.name = name;
    this.parts = parts;
    this.privateDimensions = dimensions - codeDimensions;
    this.generator = parts.networks.generator();
    this.averagedGenerator = parts.networks.generator();
    this.point = generatorPoint(codeDimensions, this.privateDimensions, codeLength);
    this.point.name = `${name}-point`;
    // As layers of one sampler, generators of all modalities need names of their own.
    this.averagedGenerator.name = `${name}-generator`;
    this.encoder = parts.autoencoder?.encoder();
    this.critic = codedCritic(parts.networks.discriminator(), codeDimensions, random.split('critic'));
    this.varietyCritic = parts.pieces ? undefined : varietyCritic(this.critic, codeDimensions, random.split('variety'));
    const count = Math.min(mannerDimensions, this.privateDimensions);
    if (parts.manner && count > 0) {
      this.manners = {
        dimensions: count,
        of: parts.manner(count),
        memory: mannerMemory(codeDimensions, this.privateDimensions, { size: memory, dimensions: count }),
        critic: mannerCritic(this.critic, count, random.split('manners')),
      };
    }
    this.reader = codeReader(readingNetwork(parts), codeDimensions, random.split('reader'));
    this.pieces = parts.pieces && pieceDirections(codeDimensions, parts.pieces.count, random.split('pieces'));
  }

  /** What a generator makes a sample with this code and private part of. Differentiable. */
  pointOf(code: tf.Tensor2D, own: tf.Tensor2D): tf.Tensor2D {
    return this.point.apply([code, own]) as tf.Tensor2D;
  }

  /** Codes `[batch, dimensions]` and private points as samples, by the averaged generator. */
  generate(code: tf.Tensor2D, own: tf.Tensor2D): tf.Tensor {
    return this.averagedGenerator.predict(this.pointOf(code, this.ownFor(code, own))) as tf.Tensor;
  }

  /** Private points as generators take them, `[batch, privateDimensions]`, from normal ones: with a manner that goes with the code, where samples have one. Differentiable. */
  ownFor(code: tf.Tensor2D, own: tf.Tensor2D): tf.Tensor2D {
    return this.manners ? (this.manners.memory.apply([code, own]) as tf.Tensor2D) : own;
  }

  /** Private points of real samples with these codes: their manners, which are remembered, where they have some, and beyond as they are given. */
  ownOf(samples: tf.Tensor, codes: tf.Tensor2D, own: tf.Tensor2D): tf.Tensor2D {
    if (!this.manners) return own;
    const memory = this.manners.memory.layers.at(-1) as MannerMemory;
    const manners = this.manners.of.apply(samples) as tf.Tensor2D;
    memory.remember(codes, manners);
    return this.#withManners(memory.standardised(manners), own);
  }

  /** What critics are told of samples that were made from this. */
  said(codes: tf.Tensor2D, own: tf.Tensor2D): Said {
    return { codes, ...(this.manners && { manners: own.slice([0, 0], [-1, this.manners.dimensions]) }) };
  }

  generateInTraining(code: tf.Tensor2D, own: tf.Tensor2D): tf.Tensor {
    return this.generator.apply(this.pointOf(code, own), { training: true }) as tf.Tensor;
  }

  /**
   * Where samples lie in this modality's private part of the latent space, `[batch, privateDimensions]`; of modalities with an encoder.
   *
   * @param own as {@link ownOf} has it, whose manners stay as they are
   */
  encodeInTraining(samples: tf.Tensor, own: tf.Tensor2D): tf.Tensor2D {
    const point = this.encoder!.apply(samples, { training: true }) as tf.Tensor2D;
    // The encoder's point has a place for the code as well, which critics know better.
    return this.#withManners(own, point.slice([0, point.shape[1] - this.privateDimensions]));
  }

  /**
   * What the critic says of samples: how real they look, how well a code fits them (projection, 1802.05637, equation 3), and whether they differ from others of like
   * codes as real ones do. @param random draws the critic's random inputs, where it has some
   */
  judge(samples: tf.Tensor, random: Random): Judgement {
    const outputs = this.critic.apply(withJudgeInputs(this.parts.networks, samples, random), { training: true });
    const [score, aim, features] = outputs as [tf.Tensor, tf.Tensor, tf.Tensor];
    const scoreWith = ({ codes, likeness = codes, manners }: Said) =>
      [
        tf.sum(tf.mul(aim, codes), 1, true),
        ...(this.varietyCritic ? [this.varietyCritic.apply([features, likeness]) as tf.Tensor] : []),
        ...(manners ? [this.manners!.critic.apply([features, manners]) as tf.Tensor] : []),
      ].reduce((sum, part) => tf.add(sum, part), score);
    return { scoreWith, features };
  }

  /** The codes that samples have, of length 1, `[batch, dimensions]`. Differentiable. */
  read(samples: tf.Tensor): tf.Tensor2D {
    return this.reader.apply(readingInputs(this.parts, samples, Random.fromSeed(0))) as tf.Tensor2D;
  }

  /** The codes of samples that are varied at random, as readers learn. */
  readInTraining(samples: tf.Tensor, random: Random): tf.Tensor2D {
    const varied = this.parts.reader?.vary?.(samples, random) ?? samples;
    return this.reader.apply(readingInputs(this.parts, varied, random), { training: true }) as tf.Tensor2D;
  }

  /** The manners of some points, if there are such, and all else of others. */
  #withManners(manners: tf.Tensor2D, others: tf.Tensor2D): tf.Tensor2D {
    if (!this.manners) return others;
    const { dimensions } = this.manners;
    return tf.concat([manners.slice([0, 0], [-1, dimensions]), others.slice([0, dimensions])], 1);
  }

  /** Frees all but the averaged generator, which goes with the sampler that it is part of. */
  dispose(): void {
    const { generator, critic, varietyCritic, reader, pieces, encoder, manners } = this;
    for (const network of [generator, critic, varietyCritic, reader, pieces, encoder, manners?.of, manners?.critic])
      network?.dispose();
  }
}
