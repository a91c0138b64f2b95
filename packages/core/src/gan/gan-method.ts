import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/dataset.js';
import { type Told, toldKinds } from '../latent/with-conditions.js';
import { type AdversarialLoss, adversarialLosses } from '../losses/adversarial.js';
import { crossEntropy } from '../losses/cross-entropy.js';
import { featureMatching } from '../losses/feature-matching.js';
import { globalNorm } from '../optimizers/clip-gradients.js';
import { Optimizer } from '../optimizers/optimizer.js';
import { WeightAverage } from '../optimizers/weight-average.js';
import { OptionsError } from '../options/options-error.js';
import { Random, type RandomState } from '../random/random.js';
import type { Phase, Step, TrainingMethod } from '../training/method.js';
import { joinStates, partOfState, type State } from '../training/state.js';
import { trainableVariables } from '../training/trainable-variables.js';
import { diversity } from './diversity.js';
import type { Gan, Judgement } from './gan.js';
import { GanAugmentation } from './gan-augmentation.js';
import { GanAutoencoding } from './gan-autoencoding.js';
import { GanNoise } from './gan-noise.js';
import type { ResolvedGanOptions } from './gan-options.js';
import { GanPenalty } from './gan-penalty.js';
import { nextRow } from './next-row.js';

/** What generated samples come from. */
interface Drawn {
  readonly points: tf.Tensor2D;
  readonly told: Told;
}

/**
 * How a GAN is trained: autoencoding where the model has it, the discriminator's update (once or several times), a penalty that may come only every few steps, the generator's update,
 * and the moving average of its weights.
 *
 * Deviation from algorithm 1 of 1406.2661: the generator is judged by the latent points that the discriminator's last update saw, not by new
 * ones. Most implementations do so, and an engine that runs a step as one graph then makes those samples once.
 */
export class GanMethod implements TrainingMethod<Batch> {
  readonly phases: readonly Phase<Batch>[];
  readonly batchesPerStep: number;
  readonly #gan: Gan;
  readonly #options: ResolvedGanOptions;
  readonly #loss: AdversarialLoss;
  readonly #noise: GanNoise;
  readonly #augmentation: GanAugmentation;
  readonly #penalty: GanPenalty;
  readonly #autoencoding: GanAutoencoding | undefined;
  readonly #discriminatorOptimizer: Optimizer;
  readonly #generatorOptimizer: Optimizer;
  #random: Random;
  /** What this step's last discriminator update made its fake samples from; lives within one step. */
  #drawn: Drawn | undefined;

  constructor(gan: Gan, options: ResolvedGanOptions, random: Random) {
    this.#gan = gan;
    this.#options = options;
    this.#random = random;
    this.#loss = adversarialLosses[options.loss];
    refuseContradictions(gan, options);
    this.#noise = new GanNoise(options.noise);
    this.#augmentation = new GanAugmentation(options.augment, gan.augmentation);
    this.#penalty = new GanPenalty(options.penalty);
    this.#discriminatorOptimizer = new Optimizer(trainableVariables(gan.discriminator), options.discriminatorOptimizer);
    this.#generatorOptimizer = new Optimizer(trainableVariables(gan.generator), options.generatorOptimizer);
    this.#autoencoding = options.autoencoding.weight > 0 ? new GanAutoencoding(gan, options.autoencoding) : undefined;
    this.batchesPerStep = options.discriminatorSteps;

    const average = new WeightAverage(gan.generator, gan.averagedGenerator, options.average);
    const lazy: Phase<Batch> = { name: 'penalty', every: options.penalty.every, run: (step) => this.#penalise(step) };
    const autoencoding: Phase<Batch> = { name: 'autoencoding', every: 1, run: (step) => this.#autoencode(step) };
    this.phases = [
      ...(this.#autoencoding ? [autoencoding] : []),
      { name: 'discriminator', every: 1, run: (step) => this.#trainDiscriminator(step) },
      ...(this.#penalty.isLazy ? [lazy] : []),
      { name: 'generator', every: 1, run: (step) => this.#trainGenerator(step) },
      { name: 'average', every: 1, run: (step) => average.update(step.samplesSeen, step.batchSize * this.batchesPerStep) },
    ];
  }

  async state(): Promise<State> {
    return joinStates({
      discriminatorOptimizer: await this.#discriminatorOptimizer.state(),
      generatorOptimizer: await this.#generatorOptimizer.state(),
      penalty: await this.#penalty.state(),
      augmentation: await this.#augmentation.state(),
      ...(this.#autoencoding && { autoencoding: await this.#autoencoding.state() }),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#discriminatorOptimizer.restore(partOfState(state, 'discriminatorOptimizer'));
    await this.#generatorOptimizer.restore(partOfState(state, 'generatorOptimizer'));
    this.#penalty.restore(partOfState(state, 'penalty'));
    this.#augmentation.restore(partOfState(state, 'augmentation'));
    await this.#autoencoding?.restore(partOfState(state, 'autoencoding'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#discriminatorOptimizer.dispose();
    this.#generatorOptimizer.dispose();
    this.#penalty.dispose();
    this.#augmentation.dispose();
    this.#autoencoding?.dispose();
  }

  #autoencode(step: Step<Batch>): void {
    const { samples, labels } = step.batches.at(-1)!;
    this.#autoencoding!.train(samples, labels, this.#random, step);
  }

  #trainDiscriminator(step: Step<Batch>): void {
    for (const { samples: real, ...known } of step.batches) {
      const told = this.#noise.onTold(known, this.#random);
      this.#drawn = { points: this.#drawPoints(step), told };
      const fake = this.#generate(this.#drawn);
      const judge = this.#noisyJudge(step, told);
      const { value, grads } = tf.variableGrads(() => {
        const [ofReal, ofFake] = [judge(real), judge(fake)];
        const [realScore, fakeScore] = [ofReal.score, ofFake.score];
        this.#measureScores(step, realScore, fakeScore);
        this.#augmentation.adapt(realScore, step.meter);
        const adversarial = this.#loss.discriminator(realScore, fakeScore, this.#noise.targets(realScore.shape, this.#random));
        const misnaming = this.#misnaming(ofReal, told);
        if (misnaming) step.meter.add('loss/classes', misnaming);
        const loss = sum(sum(adversarial, misnaming), this.#mismatch(step, real, told, realScore));
        const scores = { real: realScore, fake: fakeScore };
        const penalty = this.#penalty.isLazy
          ? undefined
          : this.#penalty.value((x) => judge(x).score, real, fake, scores, this.#random);
        if (penalty) step.meter.add('penalty', penalty);
        return sum(loss, penalty);
      }, this.#discriminatorOptimizer.variables);
      step.meter.add('loss/discriminator', value);
      this.#discriminatorOptimizer.apply(grads, step.samplesSeen);
      this.#penalty.constrain(this.#discriminatorOptimizer.variables);
      step.meter.add('diversity', diversity(fake, real));
    }
  }

  /** Lazy regularisation (1912.04958): the penalty alone, every so many steps and that many times as strong. */
  #penalise(step: Step<Batch>): void {
    const { samples: real } = step.batches.at(-1)!;
    const fake = this.#generate(this.#drawn!);
    const { told } = this.#drawn!;
    const judge = this.#noisyJudge(step, told);
    const { value, grads } = tf.variableGrads(() => {
      const score = (samples: tf.Tensor) => judge(samples).score;
      const penalty = this.#penalty.value(score, real, fake, { real: score(real), fake: score(fake) }, this.#random);
      return tf.mul(penalty!, this.#options.penalty.every) as tf.Scalar;
    }, this.#discriminatorOptimizer.variables);
    step.meter.add('penalty', value);
    this.#discriminatorOptimizer.apply(grads, step.samplesSeen);
  }

  #trainGenerator(step: Step<Batch>): void {
    const { samples: real } = step.batches.at(-1)!;
    const { told } = this.#drawn!;
    const judge = this.#noisyJudge(step, told);
    const { value, grads } = tf.variableGrads(() => {
      const fake = this.#generate(this.#drawn!);
      const judged = judge(fake);
      const { featureMatching: matching, closeness, variety } = this.#options;
      const judgedReal = this.#loss.isRelativistic || matching > 0 ? judge(real) : judged;
      const loss = sum(this.#loss.generator(judged.score, judgedReal.score), this.#misnaming(judged, told));
      const matched = matching > 0 ? tf.mul(matching, featureMatching(judgedReal.features, judged.features)) : undefined;
      const distance = closeness > 0 ? this.#distance(step, real, fake) : undefined;
      return sum(sum(sum(loss, matched), distance), variety > 0 ? this.#likeness(step, fake) : undefined);
    }, this.#generatorOptimizer.variables);
    step.meter.add('loss/generator', value);
    step.meter.add('gradient/generator', globalNorm(grads));
    this.#generatorOptimizer.apply(grads, step.samplesSeen);
    this.#drawn = undefined;
  }

  /**
   * How badly a discriminator that names classes names these, weighted; undefined for others.
   *
   * Deviation from equation 3 of 1610.09585: the discriminator learns names from real samples alone. Where it learns those of generated samples too, both networks
   * soon agree on names of their own: asked for a 1, the generator made sixes, and the discriminator called them ones.
   */
  #misnaming({ classes }: Judgement, { labels }: Told): tf.Scalar | undefined {
    return classes && (tf.mul(crossEntropy(classes, labels), this.#options.classification) as tf.Scalar);
  }

  /** How badly the discriminator refuses real samples that are said to be of wrong classes, or under the conditions of others, weighted; undefined where it is not asked to. */
  #mismatch(step: Step<Batch>, real: tf.Tensor, { labels, conditions }: Told, realScore: tf.Tensor): tf.Tensor | undefined {
    const kinds = toldKinds(this.#gan.latent) ?? 1;
    if (this.#options.mismatch === 0 || (kinds === 1 && !conditions)) return undefined;
    const wrong: Told = {
      ...(labels && { labels: kinds > 1 ? otherLabels(labels, kinds, this.#random) : labels }),
      ...(conditions && { conditions: nextRow(conditions) }),
    };
    const loss = this.#loss.discriminator(realScore, this.#noisyJudge(step, wrong)(real).score);
    step.meter.add('loss/mismatch', loss);
    return tf.mul(this.#options.mismatch, loss);
  }

  /** How far generated samples lie from the real ones whose conditions they were made under, weighted. */
  #distance({ meter }: Step<Batch>, real: tf.Tensor, fake: tf.Tensor): tf.Tensor {
    const distance = tf.mean(tf.abs(tf.sub(real, fake)));
    meter.add('loss/distance', distance);
    return tf.mul(this.#options.closeness, distance);
  }

  /** How little samples differ from others under the same conditions, by how far their points lie apart, weighted. */
  #likeness(step: Step<Batch>, fake: tf.Tensor): tf.Tensor {
    const { points, told } = this.#drawn!;
    const others = this.#drawPoints(step);
    const apart = (a: tf.Tensor, b: tf.Tensor) => tf.mean(tf.abs(tf.sub(a, b)).reshape([step.batchSize, -1]), 1);
    const made = apart(fake, this.#generate({ points: others, told }));
    const variety = tf.mean(tf.div(made, apart(points, others)));
    step.meter.add('variety', variety);
    return tf.mul(-this.#options.variety, variety);
  }

  #drawPoints(step: Step<Batch>): tf.Tensor2D {
    const points = this.#gan.latent.sample(step.batchSize, this.#random);
    return this.#noise.onPoints(points, step.samplesSeen, this.#random);
  }

  #generate({ points, told }: Drawn): tf.Tensor {
    return this.#gan.generateInTraining(points, told);
  }

  /** The discriminator behind this step's augmentation and instance noise, told what it is of the real batch, which generated samples take over. */
  #noisyJudge(step: Step<Batch>, told: Told): (samples: tf.Tensor) => Judgement {
    const random = this.#random;
    return (samples) => {
      const noisy = this.#noise.onSamples(this.#augmentation.onSamples(samples, random), step.samplesSeen, random);
      return this.#gan.judge(noisy, { ...told, random });
    };
  }

  #measureScores({ meter }: Step<Batch>, real: tf.Tensor, fake: tf.Tensor): void {
    meter.add('score/real', tf.mean(real));
    meter.add('score/fake', tf.mean(fake));
    const right = tf.add(tf.mean(tf.cast(tf.greater(real, 0), 'float32')), tf.mean(tf.cast(tf.less(fake, 0), 'float32')));
    meter.add('accuracy/discriminator', tf.div(right, 2));
  }
}

function sum(loss: tf.Scalar, addition: tf.Tensor | undefined): tf.Scalar {
  return addition ? (tf.add(loss, addition) as tf.Scalar) : loss;
}

/** For each label one of the others, all as likely. int32 `[batch]`; the caller owns it. */
function otherLabels(labels: tf.Tensor1D, classes: number, random: Random): tf.Tensor1D {
  const steps = Int32Array.from({ length: labels.shape[0] }, () => 1 + random.integer(classes - 1));
  return tf.tidy(() => tf.mod(tf.add(labels, tf.tensor1d(steps, 'int32')), tf.scalar(classes, 'int32')));
}

/** Options that are right by themselves and wrong together. */
function refuseContradictions(gan: Gan, options: ResolvedGanOptions): void {
  const { loss, mismatch, closeness, variety, augment, noise, penalty, autoencoding } = options;
  const { conditionShape } = gan.latent;
  const isTold = conditionShape || (toldKinds(gan.latent) && gan.discriminator.outputs.length === 2);
  if (mismatch > 0 && !isTold) {
    const what = toldKinds(gan.latent) ? 'names classes itself' : 'is told nothing';
    throw new OptionsError({ where: 'train', path: 'mismatch' }, `'mismatch': the discriminator of this ${gan.kind} ${what}`);
  }
  for (const [name, weight] of Object.entries({ closeness, variety })) {
    if (weight === 0 || conditionShape) continue;
    throw new OptionsError(
      { where: 'train', path: name },
      `'${name}' is for models that are told conditions, which this ${gan.kind} is not`,
    );
  }
  if (augment.policy.length > 0 && conditionShape && conditionShape.length > 1) {
    const problem =
      "'augment' changes samples before they are judged, and not what they are made from: the two would no longer fit";
    throw new OptionsError({ where: 'train', path: 'augment.policy' }, problem);
  }
  if (autoencoding.weight > 0 && !gan.encoder) {
    throw new OptionsError({ where: 'train', path: 'autoencoding.weight' }, `${gan.kind} has no encoder`);
  }
  if (!adversarialLosses[loss].hasTargets && noise.labelSmoothing + noise.labelFlipping > 0) {
    const at = { where: 'train', path: 'noise' };
    throw new OptionsError(at, `the loss '${loss}' has no labels that noise could smooth or flip`);
  }
  const mixesSamples = gan.discriminator.layers.some((layer) => layer.getClassName() === 'BatchNormalization');
  if (penalty.kind === 'wgan-gp' && mixesSamples) {
    throw new OptionsError(
      { where: 'train', path: 'penalty.kind' },
      "'wgan-gp' is about the gradient of single samples, which batch normalisation mixes (1704.00028, section 4); " +
        "make the model with discriminatorNorm: 'none'",
    );
  }
}
