import {
  type GanParts,
  integer,
  type Json,
  type LatentDistribution,
  type LatentSpace,
  latentSpace,
  type Modality,
  number,
  oneOf,
  positiveInteger,
  Random,
  resolveOptions,
  type SampleOptions,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { jointCode } from '../codes/joint-code.js';
import { describedPlayers, modalitiesOf, networksOf, ownPoints, readersOf } from '../game/players.js';
import type { CodeMemory } from '../layers/code-memory.js';
import type { JointPoints, JointSamples, MultimodalModel, RefinedPoints } from '../multimodal-model.js';
import { type RefineOptions, resolveRefineOptions } from '../refinement/refine-options.js';
import { joinedSamples, jointSamples } from '../sampling/joint-sampling.js';
import { codeCritic, codeMemory, trunk } from './joint-networks.js';
import { MultimodalMethod } from './multimodal-method.js';
import { type MultimodalTraining, multimodalSchema, type ResolvedMultimodalTraining } from './multimodal-options.js';
import { Player } from './player.js';
import { refineCodes } from './refine-codes.js';

/** What a multimodal GAN is like. */
export interface MultimodalGanOptions {
  /**
   * The modalities by name, at least two: what `dcganParts`, `waveGanParts`, `latentTextParts` give, or your own. Each generator takes the shared code and,
   * in the latent dimensions that it has beyond, a private part.
   */
  // biome-ignore lint/suspicious/noExplicitAny: each modality has samples of its own type
  readonly modalities: Readonly<Record<string, GanParts<any>>>;
  /** What shared latent points are drawn from. Default 'normal'. */
  readonly latent?: LatentDistribution;
  /** Dimensions of the shared latent space. Default 16. */
  readonly latentDimensions?: number;
  /** Dimensions of the codes, directions that the shared latent space is turned into, and that samples are read as. Default 32. */
  readonly codeDimensions?: number;
  /**
   * How long codes are where generators are given them, beside private parts of which each number is about 1. The longer, the sooner generators hear them, and the
   * later their private parts: where things are of few kinds, samples of a kind become alike. Default 3; the root of `codeDimensions` makes both equal.
   */
  readonly codeLength?: number;
  /** How many codes of real things are remembered. Default 512. */
  readonly memory?: number;
  /**
   * Of modalities whose samples have a manner, such as a voice: how many numbers of their private parts tell it. Each thing is then made in a manner that real things with codes like
   * its own were in. Default 12.
   */
  readonly mannerDimensions?: number;
  /** How strongly codes of shared latent points are pulled to where real ones are dense. Default 30. */
  readonly sharpness?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  latent: oneOf(['normal', 'uniform', 'sphere', 'truncatedNormal'], { default: 'normal' }),
  latentDimensions: positiveInteger({ default: 16 }),
  codeDimensions: positiveInteger({ min: 2, default: 32 }),
  codeLength: number({ above: 0, default: 3 }),
  memory: positiveInteger({ default: 512 }),
  mannerDimensions: integer({ min: 0, default: 12 }),
  sharpness: number({ above: 0, default: 30 }),
  seed: integer({ default: 0 }),
};

/**
 * How often codes are looked up; each time halves what is left between dense places, roughly. After six there is no gradient left that could move a point of
 * the trunk from one place to another, so that it learns by two.
 */
const LOOKUPS = { lookups: 6, lookupsInTraining: 2 };

/**
 * Several modalities under one shared latent space: one latent point gives a picture, its sound and its words, and one of them gives the others.
 *
 * ```ts
 * const gan = multimodalGan({
 *   modalities: { image: dcganParts({ size: 28, channels: 1, latentDimensions: 64 }), text: latentTextParts({ tokenizer, length, latentDimensions: 40 }) },
 * });
 * for await (const report of train(gan, jointDataset({ parts }), { steps: 5000 })) console.log(report.step, report.metrics);
 * const { image, text } = await gan.sample(16);
 * ```
 *
 * It learns from things that come in several forms, without labels: {@link jointDataset}. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 * @throws if there are fewer than two modalities, or one does not fit
 */
export function multimodalGan({ modalities, ...options }: MultimodalGanOptions): MultimodalGan {
  return new MultimodalGan(modalities, options);
}

/** See {@link multimodalGan}. */
export class MultimodalGan implements MultimodalModel<MultimodalTraining> {
  readonly kind = 'multimodalGan';
  readonly options: Readonly<Record<string, Json>>;
  /** The shared latent space. */
  readonly latent: LatentSpace;
  readonly players: readonly Player[];
  /** Shared latent points to directions. */
  readonly trunk: tf.LayersModel;
  readonly averagedTrunk: tf.LayersModel;
  /** Directions to codes. */
  readonly memory: tf.LayersModel;
  readonly codeCritic: tf.LayersModel;
  readonly sampler: tf.LayersModel;
  readonly trainingSchema: ReturnType<typeof multimodalSchema>;

  constructor(modalities: MultimodalGanOptions['modalities'], given: Omit<MultimodalGanOptions, 'modalities'>) {
    const options = resolveOptions('multimodalGan', given, schema);
    const { latent, latentDimensions, codeDimensions, memory, sharpness, seed } = options;
    const names = Object.keys(modalities);
    if (names.length < 2) throw new Error(`multimodalGan: expected two modalities or more, got ${names.length}`);
    const random = Random.fromSeed(seed);
    this.players = names.map((name) => new Player(name, modalities[name]!, options, random.split(name)));
    this.options = {
      ...options,
      modalities: describedPlayers(this.players),
    };
    this.latent = latentSpace({ distribution: latent, dimensions: latentDimensions });
    this.trunk = trunk(latentDimensions, codeDimensions, random.split('trunk'));
    this.averagedTrunk = trunk(latentDimensions, codeDimensions, random.split('trunk'));
    this.codeCritic = codeCritic(codeDimensions, random.split('codes'));
    this.memory = codeMemory(codeDimensions, { size: memory, sharpness, ...LOOKUPS });
    this.sampler = this.#samplerNetwork();
    this.trainingSchema = multimodalSchema(Object.fromEntries(this.players.map(({ name, parts }) => [name, parts])));
  }

  get modalities(): Readonly<Record<string, Modality>> {
    return modalitiesOf(this.players);
  }

  get readers(): Readonly<Record<string, tf.LayersModel>> {
    return readersOf(this.players);
  }

  get networks(): Readonly<Record<string, tf.LayersModel>> {
    const { trunk, averagedTrunk, memory, codeCritic } = this;
    const more = this.players.flatMap(({ name, varietyCritic, pieces, manners }) => [
      ...(varietyCritic ? [[`${name}-varietyCritic`, varietyCritic] as const] : []),
      ...(pieces ? [[`${name}-pieces`, pieces] as const] : []),
      ...(manners ? [[`${name}-mannerMemory`, manners.memory] as const, [`${name}-mannerCritic`, manners.critic] as const] : []),
    ]);
    return {
      trunk,
      averagedTrunk,
      memory,
      codeCritic,
      ...networksOf(this.players),
      ...Object.fromEntries(more),
    };
  }

  trainingMethod(options: MultimodalTraining, random: Random): MultimodalMethod {
    const resolved = resolveOptions('train', options, this.trainingSchema) as ResolvedMultimodalTraining;
    return new MultimodalMethod(this, resolved, random);
  }

  /** The modality of that name. @throws if there is none */
  player(name: string): Player {
    const found = this.players.find((player) => player.name === name);
    if (!found) throw new Error(`MultimodalGan: no modality '${name}'; there are ${this.players.map((p) => p.name).join(', ')}`);
    return found;
  }

  /** The codes of shared latent points, `[batch, codeDimensions]`. Borrows the points; the caller owns the codes. */
  codesAt(shared: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => this.memory.predict(this.averagedTrunk.predict(shared) as tf.Tensor) as tf.Tensor2D);
  }

  /**
   * The codes of things of which some forms are known, `[batch, codeDimensions]`: what their readers find in them, together. Borrows the samples; the
   * caller owns the codes.
   */
  read(samples: JointSamples): tf.Tensor2D {
    return tf.tidy(() => {
      const codes = Object.entries(samples).map(([name, some]) => this.player(name).read(some));
      const batch = codes[0]!.shape[0];
      return jointCode(
        codes,
        codes.map(() => tf.ones([batch])),
      );
    });
  }

  /** Samples of these modalities (default: all) with these codes. Borrows everything; the caller owns the samples. */
  generateFrom(codes: tf.Tensor2D, own: JointPoints['own'], to: readonly string[] = Object.keys(this.modalities)): JointSamples {
    return tf.tidy(() => Object.fromEntries(to.map((name) => [name, this.player(name).generate(codes, own[name]!)])));
  }

  /** Latent points as samples of every modality. Borrows the points; the caller owns the samples. */
  generate({ shared, own }: JointPoints): JointSamples {
    return tf.tidy(() => this.generateFrom(this.codesAt(shared), own) as Record<string, tf.Tensor>);
  }

  /** Draws `count` latent points. The caller owns them. */
  points(count: number, { seed = 0, truncation = 1 }: Pick<SampleOptions, 'seed' | 'truncation'> = {}): JointPoints {
    const random = Random.fromSeed(seed);
    return {
      shared: this.latent.sample(count, random.split('shared'), { truncation }),
      own: ownPoints(this.players, count, random),
    };
  }

  /**
   * Other forms of the samples that are given: of each thing one answer, drawn by the seed; another seed gives other answers where there are some.
   * Borrows the samples; the caller owns the result.
   *
   * @param given samples by modality, all of as many rows
   * @param to the modalities that are wanted; default: those that are not given
   */
  translate(given: JointSamples, to?: readonly string[], { seed = 0 }: Pick<SampleOptions, 'seed'> = {}): JointSamples {
    const wanted = to ?? this.players.map(({ name }) => name).filter((name) => !Object.hasOwn(given, name));
    const [first] = Object.values(given);
    if (!first) throw new Error('MultimodalGan.translate: no samples were given');
    return tf.tidy(() => {
      const own = ownPoints(this.players, first.shape[0]!, Random.fromSeed(seed));
      const codes = (this.memory.layers.at(-1) as CodeMemory).recall(this.read(given));
      return this.generateFrom(codes, own, wanted) as Record<string, tf.Tensor>;
    });
  }

  /**
   * As {@link MultimodalModel.refine} says. Samples are compared by their numbers and by the critic's features, each as a share of what was given. Codes stay
   * near where they began, and private parts near where they are drawn from, or what fits the given forms would not fit the others.
   */
  refine(given: JointSamples, options: RefineOptions = {}): Promise<RefinedPoints> {
    return refineCodes(this, given, resolveRefineOptions(options));
  }

  samples(count: number, options?: SampleOptions): AsyncGenerator<JointSamples, void, undefined> {
    return jointSamples(this, count, options);
  }

  sample(count: number, options?: SampleOptions): Promise<JointSamples> {
    return joinedSamples(this.samples(count, options));
  }

  dispose(): void {
    // With the sampler go the networks that it is made of: averages and memories.
    for (const network of [this.sampler, this.trunk, this.codeCritic]) network.dispose();
    for (const player of this.players) player.dispose();
  }

  /** Everything from latent points to samples as one network: `[shared, ...own]` to a tensor of each modality, in the order of {@link players}. */
  #samplerNetwork(): tf.LayersModel {
    const shared = tf.input({ shape: [this.latent.dimensions], name: 'shared' });
    const own = this.players.map(({ name, privateDimensions }) => tf.input({ shape: [privateDimensions], name }));
    const code = this.memory.apply(this.averagedTrunk.apply(shared)) as tf.SymbolicTensor;
    const outputs = this.players.map(({ averagedGenerator, point, manners }, i) => {
      const told = manners ? (manners.memory.apply([code, own[i]!]) as tf.SymbolicTensor) : own[i]!;
      return averagedGenerator.apply(point.apply([code, told]) as tf.SymbolicTensor) as tf.SymbolicTensor;
    });
    return tf.model({ name: 'sampler', inputs: [shared, ...own], outputs });
  }
}
