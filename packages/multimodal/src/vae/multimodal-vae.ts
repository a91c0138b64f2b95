import {
  drawnFrom,
  type Json,
  type LatentSpace,
  type Modality,
  oneOf,
  type Posterior,
  Random,
  resolveOptions,
  type SampleOptions,
  type VaeParts,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { productOfExperts } from '../codes/experts.js';
import type { JointPoints, JointSamples, MultimodalModel, RefinedPoints } from '../multimodal-model.js';
import { type RefineOptions, resolveRefineOptions } from '../refinement/refine-options.js';
import { joinedSamples, jointSamples } from '../sampling/joint-sampling.js';
import { oneForm } from './drawn-forms.js';
import { type Fusion, type FusionName, fusions } from './fusion.js';
import { MultimodalVaeMethod } from './multimodal-vae-method.js';
import { type MultimodalVaeTraining, multimodalVaeSchema, type ResolvedMultimodalVaeTraining } from './multimodal-vae-options.js';
import { refinePoints } from './refine-points.js';
import { VaeSide } from './vae-side.js';

/** What a multimodal VAE is like. */
export interface MultimodalVaeOptions {
  /** The modalities by name, at least two, all with as many latent dimensions: what `audioVaeParts`, `textVaeParts` give, or your own. */
  // biome-ignore lint/suspicious/noExplicitAny: each modality has samples of its own type
  readonly modalities: Readonly<Record<string, VaeParts<any>>>;
  /**
   * How what the forms of a thing say becomes one: 'product' (MVAE, 1802.05335), 'mixture' (MMVAE, 1911.03393), 'mixture-of-products' (MoPoE, 2105.02470).
   * Default 'mixture-of-products'.
   */
  readonly fusion?: FusionName;
}

const schema = { fusion: oneOf(['product', 'mixture', 'mixture-of-products'], { default: 'mixture-of-products' }) };

/**
 * Several modalities under one latent space as a variational autoencoder: what a {@link multimodalGan} is to be compared with. Every form has an encoder, which
 * says where in the latent space a thing lies, and a decoder. It uses rows that lack forms for what they have, needs no labels, and has no private parts: codes
 * are the latent points themselves.
 *
 * ```ts
 * const vae = multimodalVae({ modalities: { audio: audioVaeParts({ length: 8192 }), text: textVaeParts({ tokenizer, length }) }, fusion: 'product' });
 * for await (const report of train(vae, jointDataset({ parts }), { steps: 5000 })) console.log(report.step, report.metrics);
 * ```
 *
 * Deviations from the papers, all for one decoding of each form in a step: a part of the mixture is drawn for each row, where the papers go through all of them; MVAE's
 * sum over all forms, each form and random sets becomes all forms for half of the rows and random sets, with each form outside by itself, for the others. The mixtures'
 * divergence is the mean of their parts', a bound of its own (2105.02470). MMVAE is the plain bound with normal distributions, not the
 * importance-weighted one with Laplace distributions.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 * @throws if there are fewer than two modalities, or they do not fit
 */
export function multimodalVae({ modalities, ...options }: MultimodalVaeOptions): MultimodalVae {
  return new MultimodalVae(modalities, options);
}

/** See {@link multimodalVae}. */
export class MultimodalVae implements MultimodalModel<MultimodalVaeTraining> {
  readonly kind = 'multimodalVae';
  readonly options: Readonly<Record<string, Json>>;
  readonly latent: LatentSpace;
  readonly sides: readonly VaeSide[];
  readonly fusion: Fusion;
  readonly sampler: tf.LayersModel;
  readonly trainingSchema: ReturnType<typeof multimodalVaeSchema>;

  constructor(modalities: MultimodalVaeOptions['modalities'], given: Omit<MultimodalVaeOptions, 'modalities'>) {
    const options = resolveOptions('multimodalVae', given, schema);
    check(modalities);
    const names = Object.keys(modalities);
    this.sides = names.map((name) => new VaeSide(name, modalities[name]!));
    this.options = {
      ...options,
      modalities: Object.fromEntries(
        this.sides.map(({ name, parts }) => [name, { kind: parts.kind, options: parts.options as Json }]),
      ),
    };
    this.fusion = fusions[options.fusion];
    this.latent = modalities[names[0]!]!.latent;
    this.sampler = this.#samplerNetwork();
    const sizes = this.sides.map(({ name, parts }) => [name, tf.util.sizeFromShape([...parts.modality.sampleShape])]);
    this.trainingSchema = multimodalVaeSchema(Object.fromEntries(sizes));
  }

  get modalities(): Readonly<Record<string, Modality>> {
    return Object.fromEntries(this.sides.map(({ name, parts }) => [name, parts.modality]));
  }

  /** The encoders, by modality. */
  get readers(): Readonly<Record<string, tf.LayersModel>> {
    return Object.fromEntries(this.sides.map(({ name, encoder }) => [name, encoder]));
  }

  get networks(): Readonly<Record<string, tf.LayersModel>> {
    const each = this.sides.flatMap(({ name, encoder, decoder }) => [
      [`${name}-encoder`, encoder],
      [`${name}-decoder`, decoder],
    ]);
    return Object.fromEntries(each);
  }

  trainingMethod(options: MultimodalVaeTraining, random: Random): MultimodalVaeMethod {
    const resolved = resolveOptions('train', options, this.trainingSchema) as ResolvedMultimodalVaeTraining;
    return new MultimodalVaeMethod(this, resolved, random);
  }

  /** The modality of that name. @throws if there is none */
  side(name: string): VaeSide {
    const found = this.sides.find((side) => side.name === name);
    if (!found)
      throw new Error(`MultimodalVae: no modality '${name}'; there are ${this.sides.map((each) => each.name).join(', ')}`);
    return found;
  }

  /**
   * Where things lie of which some forms are known. Borrows the samples; the caller owns the result.
   *
   * @param weights of each form in the order of `given`, `[batch]`; default: all forms have their say
   */
  encode(given: JointSamples, weights?: readonly tf.Tensor[]): Posterior {
    const forms = Object.entries(given);
    if (forms.length === 0) throw new Error('MultimodalVae: no samples were given');
    return tf.tidy(() => {
      const experts = forms.map(([name, samples]) => this.side(name).encode(samples));
      const each = weights ?? forms.map(([, samples]) => tf.ones([samples.shape[0]!]));
      return productOfExperts(experts, each, this.fusion.withPrior);
    });
  }

  /** Where things most likely lie, `[batch, latent.dimensions]`; of a mixture, the mean of what its parts say. */
  read(samples: JointSamples): tf.Tensor2D {
    return tf.tidy(() => {
      if (!this.fusion.translatesFromOne) return this.encode(samples).mean;
      const means = Object.entries(samples).map(([name, some]) => this.encode({ [name]: some }).mean);
      return tf.div(tf.addN(means), means.length) as tf.Tensor2D;
    });
  }

  generateFrom(
    codes: tf.Tensor2D,
    _own: JointPoints['own'] = {},
    to: readonly string[] = Object.keys(this.modalities),
  ): JointSamples {
    return tf.tidy(() => Object.fromEntries(to.map((name) => [name, this.side(name).generate(codes)])));
  }

  generate({ shared }: JointPoints): JointSamples {
    return this.generateFrom(shared);
  }

  points(count: number, { seed = 0, truncation = 1 }: Pick<SampleOptions, 'seed' | 'truncation'> = {}): JointPoints {
    return { shared: this.latent.sample(count, Random.fromSeed(seed), { truncation }), own: {} };
  }

  translate(given: JointSamples, to?: readonly string[], { seed = 0 }: Pick<SampleOptions, 'seed'> = {}): JointSamples {
    const wanted = to ?? Object.keys(this.modalities).filter((name) => !Object.hasOwn(given, name));
    return tf.tidy(
      () => this.generateFrom(this.drawnCodes(given, Random.fromSeed(seed)), {}, wanted) as Record<string, tf.Tensor>,
    );
  }

  /** A point where each thing may lie of which some forms are known. Borrows the samples; the caller owns the result. */
  drawnCodes(given: JointSamples, random: Random): tf.Tensor2D {
    return tf.tidy(() => {
      const present = Object.values(given).map((samples) => tf.ones<tf.Rank.R1>([samples.shape[0]!]));
      const chosen = this.fusion.translatesFromOne && present.length > 0 ? oneForm(present, random) : present;
      const posterior = this.encode(given, chosen);
      return drawnFrom(posterior, random.normalTensor(posterior.mean.shape));
    });
  }

  /** As {@link MultimodalModel.refine} says. Samples are compared by what their likelihood is about; latent points stay near where they are drawn from. */
  refine(given: JointSamples, options: RefineOptions = {}): Promise<RefinedPoints> {
    return refinePoints(this, given, resolveRefineOptions(options));
  }

  samples(count: number, options?: SampleOptions): AsyncGenerator<JointSamples, void, undefined> {
    return jointSamples(this, count, options);
  }

  sample(count: number, options?: SampleOptions): Promise<JointSamples> {
    return joinedSamples(this.samples(count, options));
  }

  dispose(): void {
    // With the sampler go the decoders that it is made of.
    this.sampler.dispose();
    for (const { encoder } of this.sides) encoder.dispose();
  }

  /** Latent points to a tensor of each modality, in the order of {@link modalities}. */
  #samplerNetwork(): tf.LayersModel {
    const point = tf.input({ shape: [this.latent.dimensions], name: 'shared' });
    const outputs = this.sides.map(({ decoder, givesLogits }) => {
      const output = decoder.apply(point) as tf.SymbolicTensor;
      return givesLogits ? (tf.layers.softmax({ axis: -1 }).apply(output) as tf.SymbolicTensor) : output;
    });
    return tf.model({ name: 'sampler', inputs: point, outputs });
  }
}

/** Refuses modalities that do not fit, before any network is made. */
function check(modalities: MultimodalVaeOptions['modalities']): void {
  const parts = Object.entries(modalities);
  if (parts.length < 2) throw new Error(`multimodalVae: expected two modalities or more, got ${parts.length}`);
  const told = parts.find(([, { latent }]) => latent.classes);
  if (told) throw new Error(`multimodalVae: '${told[0]}' has classes; leave them out, the latent point says what a sample is of`);
  if (new Set(parts.map(([, { latent }]) => latent.dimensions)).size > 1) {
    const each = parts.map(([name, { latent }]) => `'${name}' ${latent.dimensions}`).join(', ');
    throw new Error(`multimodalVae: all modalities need as many latent dimensions, since they share them; got ${each}`);
  }
}
