import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/dataset.js';
import { joinedPieces, latentSamples } from '../latent/latent-samples.js';
import type { LatentSpace } from '../latent/latent-space.js';
import { type Told, withConditions } from '../latent/with-conditions.js';
import type { Modality } from '../modality.js';
import { resolveOptions } from '../options/resolve-options.js';
import { withDefaults } from '../options/with-defaults.js';
import { Random } from '../random/random.js';
import type { LatentModel, SampleOptions } from '../training/generative-model.js';
import type { Json } from '../training/state.js';
import type { Augmentation } from './augmentation.js';
import { GanMethod } from './gan-method.js';
import { type GanOptions, ganSchema } from './gan-options.js';

/**
 * The networks of a GAN. Each call makes a network of its own with the same first weights: the averaged generator is a second one.
 *
 * Where the latent space has clusters or classes, an input of both networks is the cluster, or else the class, of each sample, one-hot, float32
 * `[batch, clusters or classes]`; a discriminator that names classes itself does not have it. Where it has a condition, that is the last input of both.
 */
export interface GanNetworks {
  /** `[batch, latent]` to `[batch, ...sampleShape]`. */
  generator(): tf.LayersModel;
  /**
   * `[batch, ...sampleShape]` to `[score, features]`: logits `[batch, 1]`, and what the last hidden layer makes of a sample, `[batch, n]`.
   * One that names classes gives their logits `[batch, classes]` too, as a third output (1610.09585).
   */
  discriminator(): tf.LayersModel;
  /**
   * Random inputs of the discriminator, drawn anew whenever it judges, between the samples and the classes: the shifts of a phase shuffle, say.
   * The caller owns them.
   */
  judgeInputs?(batch: number, random: Random): tf.Tensor[];
}

/** What a discriminator is told beside the samples. */
export interface JudgeOptions extends Told {
  /** Draws the discriminator's random inputs, where it has some. */
  readonly random?: Random;
}

/** What a discriminator says of samples. */
export interface Judgement {
  /** Logits, `[batch, 1]`. */
  readonly score: tf.Tensor;
  /** `[batch, n]`. */
  readonly features: tf.Tensor;
  /** Logits of the classes, `[batch, classes]`; of discriminators that name them. */
  readonly classes?: tf.Tensor2D | undefined;
}

/** How a generator is helped by giving real samples back: for samples that it hardly finds by the game alone, such as texts. */
export interface GanAutoencoder {
  /** `[batch, ...sampleShape]` to points `[batch, latent]`; where the latent space has classes, they are its last input. */
  encoder(): tf.LayersModel;
  /**
   * A function of the generator's inputs and of samples: how badly it makes these samples from them, in nats a sample or what weighs as much.
   * Differentiable; a scalar that the caller owns.
   */
  reconstruction(generator: tf.LayersModel): (inputs: tf.Tensor | tf.Tensor[], samples: tf.Tensor) => tf.Scalar;
}

/** How samples are read by models that join them with other forms of the same things. */
export interface SampleReader {
  /** `[batch, ...sampleShape]` to features `[batch, n]`. */
  network(): tf.LayersModel;
  /** Samples as they might be as well: moved, louder. What a reader sees of them while it learns. Borrows them; the caller owns the result. */
  vary?(samples: tf.Tensor, random: Random): tf.Tensor;
}

/** What samples are made of, where it can be named: the words of texts. */
export interface SamplePieces {
  /** How many different ones there are. */
  readonly count: number;
  /** What share of each sample each of them has, `[batch, count]`: rows of sum 1, or of zeros where nothing can be named. Borrows the samples; the caller owns the result. */
  shares(samples: tf.Tensor): tf.Tensor2D;
}

/** What {@link Gan} is made of. Functions like `dcgan` put it together. */
export interface GanParts<Sample> {
  /** The name of the function that made it, so that a run can be opened again: 'dcgan'. */
  readonly kind: string;
  /** The resolved options of that function; those that were left out are absent. */
  readonly options: Readonly<Record<string, Json | undefined>>;
  readonly latent: LatentSpace;
  readonly modality: Modality<Sample>;
  readonly networks: GanNetworks;
  /** How samples can be changed before they are judged; {@link GanOptions.augment} asks for it. */
  readonly augmentation?: Augmentation;
  /** How this model is trained where its user says nothing else. */
  readonly training?: GanOptions;
  /** How samples are read back into the latent space; {@link GanOptions.autoencoding} trains it. */
  readonly autoencoder?: GanAutoencoder;
  /** How models that join several forms read this one. Default: as its discriminator does. */
  readonly reader?: SampleReader;
  /**
   * What a sample is like all along, whatever it is of, such as a voice: models that join several forms tell their generators of it. A network `[batch, ...sampleShape]` to
   * `[batch, dimensions]`, not trained.
   */
  readonly manner?: (dimensions: number) => tf.LayersModel;
  /** What models that join several forms learn to see of this one in the others. */
  readonly pieces?: SamplePieces;
}

/**
 * A generative adversarial network (1406.2661): a generator that turns latent points into samples, and a discriminator that tells them from
 * real ones. Owns its weights until {@link dispose}.
 */
export class Gan<Sample = unknown> implements LatentModel<Batch, GanOptions> {
  readonly kind: string;
  readonly options: Readonly<Record<string, Json>>;
  readonly latent: LatentSpace;
  readonly modality: Modality<Sample>;
  /** The generator that is trained. */
  readonly generator: tf.LayersModel;
  /** The generator that samples are drawn from: a moving average of the trained one's weights. */
  readonly averagedGenerator: tf.LayersModel;
  readonly discriminator: tf.LayersModel;
  /** `[batch, ...sampleShape]` to points `[batch, latent]`, of models that have one. */
  readonly encoder: tf.LayersModel | undefined;
  readonly augmentation: Augmentation | undefined;
  readonly trainingSchema: typeof ganSchema;
  readonly #judgeInputs: NonNullable<GanNetworks['judgeInputs']>;
  readonly #reconstruction: ReturnType<GanAutoencoder['reconstruction']> | undefined;
  /** What the discriminator is told: one that names classes itself is not told them. */
  readonly #judgedSpace: LatentSpace;

  constructor({ kind, options, latent, modality, networks, augmentation, training, autoencoder }: GanParts<Sample>) {
    this.kind = kind;
    this.options = options as Readonly<Record<string, Json>>;
    this.latent = latent;
    this.modality = modality;
    this.generator = networks.generator();
    this.averagedGenerator = networks.generator();
    this.discriminator = networks.discriminator();
    this.encoder = autoencoder?.encoder();
    this.#reconstruction = autoencoder?.reconstruction(this.generator);
    this.augmentation = augmentation;
    this.trainingSchema = withDefaults(ganSchema, training ?? {});
    const { classes, clusters, ...unnamed } = latent;
    this.#judgedSpace = this.discriminator.outputs.length > 2 ? unnamed : latent;
    this.#judgeInputs = networks.judgeInputs ?? (() => []);
  }

  get networks(): Readonly<Record<'generator' | 'averagedGenerator' | 'discriminator', tf.LayersModel>> &
    Readonly<Partial<Record<'encoder', tf.LayersModel>>> {
    const { generator, averagedGenerator, discriminator, encoder } = this;
    return { generator, averagedGenerator, discriminator, ...(encoder && { encoder }) };
  }

  get sampler(): tf.LayersModel {
    return this.averagedGenerator;
  }

  trainingMethod(options: GanOptions, random: Random): GanMethod {
    return new GanMethod(this, resolveOptions('train', options, this.trainingSchema), random);
  }

  generate(points: tf.Tensor2D, labels?: tf.Tensor1D, conditions?: tf.Tensor): tf.Tensor {
    return tf.tidy(
      () => this.averagedGenerator.predict(withConditions([points], { labels, conditions }, this.latent)) as tf.Tensor,
    );
  }

  /** What the generator that is trained makes of latent points, as in training. Borrows them. */
  generateInTraining(points: tf.Tensor2D, told: Told = {}): tf.Tensor {
    return this.generator.apply(withConditions([points], told, this.latent), { training: true }) as tf.Tensor;
  }

  /**
   * The latent points of samples, `[batch, latent]`. Borrows the samples; the caller owns the points.
   *
   * @throws if the model has no encoder
   */
  encode(samples: tf.Tensor, labels?: tf.Tensor1D): tf.Tensor2D {
    const encoder = this.#requireEncoder('encode');
    return tf.tidy(() => encoder.predict(withConditions([samples], { labels }, this.latent)) as tf.Tensor2D);
  }

  /** What {@link encoder} makes of samples, as in training. Borrows them. @throws if the model has no encoder */
  encodeInTraining(samples: tf.Tensor, labels: tf.Tensor1D | undefined): tf.Tensor2D {
    const encoder = this.#requireEncoder('encodeInTraining');
    return encoder.apply(withConditions([samples], { labels }, this.latent), { training: true }) as tf.Tensor2D;
  }

  /**
   * How badly the generator gives samples back from points `[batch, latent]`, see {@link GanAutoencoder}: a scalar that the caller owns. Borrows all.
   *
   * @throws if the model has no encoder
   */
  reconstruction(points: tf.Tensor2D, labels: tf.Tensor1D | undefined, samples: tf.Tensor): tf.Scalar {
    this.#requireEncoder('reconstruction');
    return this.#reconstruction!(withConditions([points], { labels }, this.latent), samples);
  }

  /** What the discriminator says of samples, as in training. Borrows the samples. */
  judge(samples: tf.Tensor, { random = Random.fromSeed(0), ...told }: JudgeOptions = {}): Judgement {
    const own = [samples, ...this.#judgeInputs(samples.shape[0]!, random)];
    const inputs = withConditions(own, told, this.#judgedSpace);
    const [score, features, classes] = this.discriminator.apply(inputs, { training: true }) as tf.Tensor[];
    return { score: score!, features: features!, classes: classes as tf.Tensor2D | undefined };
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

  #requireEncoder(caller: string): tf.LayersModel {
    if (!this.encoder) throw new Error(`Gan.${caller}: ${this.kind} has no encoder`);
    return this.encoder;
  }
}
