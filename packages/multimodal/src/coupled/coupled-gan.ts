import {
  drawnFrom,
  type GanParts,
  integer,
  type Json,
  type LatentSpace,
  type Modality,
  normalLatent,
  type Posterior,
  positiveInteger,
  Random,
  resolveOptions,
  type SampleOptions,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { describedPlayers, modalitiesOf, networksOf, ownPoints, readersOf } from '../game/players.js';
import type { JointPoints, JointSamples, MultimodalModel, RefinedPoints } from '../multimodal-model.js';
import { type RefineOptions, resolveRefineOptions } from '../refinement/refine-options.js';
import { joinedSamples, jointSamples } from '../sampling/joint-sampling.js';
import { CoupledMethod } from './coupled-method.js';
import { sharedHead, sharedTrunk } from './coupled-networks.js';
import { type CoupledGanTraining, coupledSchema, type ResolvedCoupledGanTraining } from './coupled-options.js';
import { CoupledPlayer } from './coupled-player.js';
import { type Family, familiesOf } from './families.js';
import { whereTheyLie } from './point-reading.js';
import { refineShared } from './refine-shared.js';

/** What a coupled GAN is like. */
export interface CoupledGanOptions {
  /**
   * The modalities by name, at least two: what `dcganParts`, `waveGanParts`, `latentTextParts` give, or your own. What the latent dimensions of a part are more
   * than those of the shared latent space is private: the paper has nothing private.
   */
  // biome-ignore lint/suspicious/noExplicitAny: each modality has samples of its own type
  readonly modalities: Readonly<Record<string, GanParts<any>>>;
  /** Dimensions of the shared latent space. Default 32. */
  readonly latentDimensions?: number;
  /**
   * How many layers with weights, next to the samples, each of some modalities with networks that are alike keeps for itself; they have all others in common. Default 1.
   * Modalities with networks of different kinds have the trunk and the head in common, whatever this says.
   */
  readonly ownLayers?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  latentDimensions: positiveInteger({ default: 32 }),
  ownLayers: positiveInteger({ default: 1 }),
  seed: integer({ default: 0 }),
};

/**
 * Several modalities under one latent space by layers in common (CoGAN, 1606.07536): the generators share their first layers, the discriminators their last, and one latent
 * point makes a sample of each. It never looks at which real samples belong together: data may have no pairs at all.
 *
 * ```ts
 * const parts = { size: 28, channels: 1, latentDimensions: 32 } as const;
 * const gan = coupledGan({ modalities: { digits: dcganParts(parts), edges: dcganParts(parts) } });
 * for await (const report of train(gan, jointDataset({ parts: { digits, edges } }), { steps: 5000 })) console.log(report.step, report.metrics);
 * ```
 *
 * That a pair agrees follows from nothing but what layers in common can and cannot do: forms that are transformations of one another come to agree, others need not.
 * {@link multimodalGan} learns from pairs what belongs together.
 *
 * Deviations from the paper: before the generators and after the discriminators there is a shared network of its own, so that modalities whose networks have nothing in
 * common can be joined; latent points are normally distributed; each modality has the loss of its own model. Readers, which the paper has none of, learn from generated samples
 * where they lie: the first guess of what {@link CoupledGan.refine} finds as the paper does.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 * @throws if there are fewer than two modalities, or one does not fit
 */
export function coupledGan({ modalities, ...options }: CoupledGanOptions): CoupledGan {
  return new CoupledGan(modalities, options);
}

/** See {@link coupledGan}. */
export class CoupledGan implements MultimodalModel<CoupledGanTraining> {
  readonly kind = 'coupledGan';
  readonly options: Readonly<Record<string, Json>>;
  readonly latent: LatentSpace;
  readonly players: readonly CoupledPlayer[];
  /** Modalities whose networks have layers in common beyond trunk and head. */
  readonly families: readonly Family[];
  /** Shared latent points to what generators take. */
  readonly trunk: tf.LayersModel;
  readonly averagedTrunk: tf.LayersModel;
  /** What critics make of samples to scores. */
  readonly head: tf.LayersModel;
  readonly sampler: tf.LayersModel;
  readonly trainingSchema: ReturnType<typeof coupledSchema>;

  constructor(modalities: CoupledGanOptions['modalities'], given: Omit<CoupledGanOptions, 'modalities'>) {
    const options = resolveOptions('coupledGan', given, schema);
    const { latentDimensions, ownLayers, seed } = options;
    check(modalities, latentDimensions);
    const random = Random.fromSeed(seed);
    this.players = Object.entries(modalities).map(
      ([name, parts]) => new CoupledPlayer(name, parts, latentDimensions, random.split(name)),
    );
    this.families = familiesOf(this.players, ownLayers);
    this.options = {
      ...options,
      modalities: describedPlayers(this.players),
    };
    this.latent = normalLatent(latentDimensions);
    this.trunk = sharedTrunk(latentDimensions, random.split('trunk'));
    this.averagedTrunk = sharedTrunk(latentDimensions, random.split('trunk'));
    this.head = sharedHead(random.split('head'));
    this.sampler = this.#samplerNetwork();
    this.trainingSchema = coupledSchema(Object.fromEntries(this.players.map(({ name, parts }) => [name, parts])));
  }

  get modalities(): Readonly<Record<string, Modality>> {
    return modalitiesOf(this.players);
  }

  get readers(): Readonly<Record<string, tf.LayersModel>> {
    return readersOf(this.players);
  }

  get networks(): Readonly<Record<string, tf.LayersModel>> {
    const { trunk, averagedTrunk, head } = this;
    return { trunk, averagedTrunk, head, ...networksOf(this.players) };
  }

  trainingMethod(options: CoupledGanTraining, random: Random): CoupledMethod {
    const resolved = resolveOptions('train', options, this.trainingSchema) as ResolvedCoupledGanTraining;
    return new CoupledMethod(this, resolved, random);
  }

  /** The modality of that name. @throws if there is none */
  player(name: string): CoupledPlayer {
    const found = this.players.find((player) => player.name === name);
    if (!found) throw new Error(`CoupledGan: no modality '${name}'; there are ${this.players.map((p) => p.name).join(', ')}`);
    return found;
  }

  /** Where things lie of which some forms are known. Borrows the samples; the caller owns the result. */
  encode(given: JointSamples): Posterior {
    const forms = Object.entries(given);
    if (forms.length === 0) throw new Error('CoupledGan: no samples were given');
    return tf.tidy(() => whereTheyLie(forms.map(([name, samples]) => this.player(name).read(samples))));
  }

  /** Where things most likely lie, `[batch, latent.dimensions]`. Borrows the samples; the caller owns the points. */
  read(samples: JointSamples): tf.Tensor2D {
    return tf.tidy(() => this.encode(samples).mean);
  }

  /** Samples of one modality from shared points and its private part, by the averaged networks. Differentiable. Borrows everything. */
  make(player: CoupledPlayer, shared: tf.Tensor2D, own: tf.Tensor2D | undefined): tf.Tensor {
    return tf.tidy(() => {
      const common = this.averagedTrunk.apply(shared) as tf.Tensor2D;
      return player.averagedGenerator.apply(own ? tf.concat([common, own], 1) : common) as tf.Tensor;
    });
  }

  generateFrom(codes: tf.Tensor2D, own: JointPoints['own'], to: readonly string[] = Object.keys(this.modalities)): JointSamples {
    return tf.tidy(() => Object.fromEntries(to.map((name) => [name, this.make(this.player(name), codes, own[name])])));
  }

  generate({ shared, own }: JointPoints): JointSamples {
    return this.generateFrom(shared, own);
  }

  points(count: number, { seed = 0, truncation = 1 }: Pick<SampleOptions, 'seed' | 'truncation'> = {}): JointPoints {
    const random = Random.fromSeed(seed);
    return {
      shared: this.latent.sample(count, random.split('shared'), { truncation }),
      own: ownPoints(this.players, count, random),
    };
  }

  /** As {@link MultimodalModel.translate} says, from where readers find that things lie; {@link refine} finds it more surely, and takes its time. */
  translate(given: JointSamples, to?: readonly string[], { seed = 0 }: Pick<SampleOptions, 'seed'> = {}): JointSamples {
    const wanted = to ?? this.players.map(({ name }) => name).filter((name) => !Object.hasOwn(given, name));
    return tf.tidy(() => {
      const random = Random.fromSeed(seed);
      const posterior = this.encode(given);
      const points = drawnFrom(posterior, random.split('shared').normalTensor(posterior.mean.shape));
      const own = ownPoints(this.players, points.shape[0], random);
      return this.generateFrom(points, own, wanted) as Record<string, tf.Tensor>;
    });
  }

  /**
   * As {@link MultimodalModel.refine} says; codes are shared latent points. Samples are compared by their numbers and by the critic's features, each as a share of what was
   * given. Points stay near where they are drawn from.
   */
  refine(given: JointSamples, options: RefineOptions = {}): Promise<RefinedPoints> {
    return refineShared(this, given, resolveRefineOptions(options));
  }

  samples(count: number, options?: SampleOptions): AsyncGenerator<JointSamples, void, undefined> {
    return jointSamples(this, count, options);
  }

  sample(count: number, options?: SampleOptions): Promise<JointSamples> {
    return joinedSamples(this.samples(count, options));
  }

  dispose(): void {
    // With the sampler go the averaged networks that it is made of.
    for (const network of [this.sampler, this.trunk, this.head]) network.dispose();
    for (const player of this.players) player.dispose();
  }

  /** The modalities that have a private part. */
  #withOwn(): readonly CoupledPlayer[] {
    return this.players.filter(({ privateDimensions }) => privateDimensions > 0);
  }

  /** Latent points to a tensor of each modality as one network, in the order of {@link players}; private parts are inputs by the modalities' names. */
  #samplerNetwork(): tf.LayersModel {
    const shared = tf.input({ shape: [this.latent.dimensions], name: 'shared' });
    const inputOf = ({ name, privateDimensions }: CoupledPlayer) =>
      [name, tf.input({ shape: [privateDimensions], name })] as const;
    const own = new Map(this.#withOwn().map(inputOf));
    const common = this.averagedTrunk.apply(shared) as tf.SymbolicTensor;
    const outputs = this.players.map(({ name, averagedGenerator }) => {
      const part = own.get(name);
      const point = part ? tf.layers.concatenate().apply([common, part]) : common;
      return averagedGenerator.apply(point) as tf.SymbolicTensor;
    });
    return tf.model({ name: 'sampler', inputs: [shared, ...own.values()], outputs });
  }
}

/** Refuses modalities that do not fit, before any network is made. */
function check(modalities: CoupledGanOptions['modalities'], latentDimensions: number): void {
  const parts = Object.entries(modalities);
  if (parts.length < 2) throw new Error(`coupledGan: expected two modalities or more, got ${parts.length}`);
  const told = parts.find(([, { latent }]) => latent.classes);
  if (told) throw new Error(`coupledGan: '${told[0]}' has classes; leave them out, the latent point says what a sample is of`);
  const short = parts.find(([, { latent }]) => latent.dimensions < latentDimensions);
  if (short) {
    throw new Error(
      `coupledGan: the generator of '${short[0]}' takes ${short[1].latent.dimensions} latent dimensions; it needs at least the ${latentDimensions} that all share`,
    );
  }
}
