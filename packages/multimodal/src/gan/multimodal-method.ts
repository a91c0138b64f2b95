import {
  type Dataset,
  joinStates,
  Optimizer,
  type Phase,
  partOfState,
  Random,
  type RandomState,
  r1Penalty,
  type Stage,
  type State,
  type Step,
  stopGradient,
  type TrainingMethod,
  trainableVariables,
  WeightAverage,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { chosenForms, jointCode } from '../codes/joint-code.js';
import type { JointBatch } from '../data/joint-batch.js';
import type { JointDataset } from '../data/joint-dataset.js';
import { halfOf } from '../game/half-of.js';
import type { PointsOfReal } from '../game/player-autoencoding.js';
import type { PlayerTraining } from '../game/player-training.js';
import { Sides } from '../game/sides.js';
import type { CodeMemory } from '../layers/code-memory.js';
import { codedCriticLoss } from './coded-loss.js';
import type { MultimodalGan } from './multimodal-gan.js';
import type { ResolvedMultimodalTraining } from './multimodal-options.js';
import type { Player } from './player.js';
import { Reading } from './reading.js';

/** What the samples of one modality were made from in this step. */
interface Drawn {
  readonly codes: tf.Tensor2D;
  /** The private part. */
  readonly own: tf.Tensor2D;
}

/** Readers get no more than this of a training's minutes, or there would be none left to make anything. */
const READING_SHARE = 0.2;
/** Steps of making where the caller sets no limit. */
const MAKING_STEPS = 8000;
/** What a step of making costs, against one of reading. */
const MAKING_COST = 8;
/** Samples are given back in one step of so many, or a step would cost more than the games of its modalities. */
const AUTOENCODING_EVERY = 4;
/** Codes in a batch of the trunk's game: few that are real come with each batch of samples, but earlier ones are remembered, and such small networks hardly take longer. */
const TRUNK_BATCH = 256;

/**
 * How a multimodal GAN is trained. First its readers learn codes: the forms of one thing are to have the same (contrast). Then, with codes that stay as they are,
 * in each step
 *
 * 1. generators that cannot find their samples by the game alone learn to give real ones back, every other time;
 * 2. the critics learn, each its own game, told the codes;
 * 3. the trunk learns to make codes like those of real things, in a small game of its own;
 * 4. all generators learn: each its own game, and to show the code that a sample was made from;
 * 5. the averages follow.
 *
 * Generators stand still from 2 to 4, so that an engine that runs a step as one graph makes samples once for their critics and for them.
 */
export class MultimodalMethod implements TrainingMethod<JointBatch> {
  readonly phases: readonly Phase<JointBatch>[];
  readonly batchesPerStep = 1;
  readonly stages: readonly Stage[];
  readonly #gan: MultimodalGan;
  readonly #options: ResolvedMultimodalTraining;
  readonly #reading: Reading;
  readonly #sides: Sides<Player>;
  readonly #trunkOptimizer: Optimizer;
  readonly #codeCriticOptimizer: Optimizer;
  #random: Random;
  /** Of each modality; live within one step. */
  #drawn: Readonly<Record<string, Drawn>> = {};
  /** Of each row; lives within one step. */
  #codes: tf.Tensor2D | undefined;

  constructor(gan: MultimodalGan, options: ResolvedMultimodalTraining, random: Random) {
    this.#gan = gan;
    this.#options = options;
    this.#random = random;
    this.#reading = new Reading(gan.players, options.reading);
    this.#sides = new Sides(gan.players, options);
    this.#trunkOptimizer = new Optimizer(trainableVariables(gan.trunk), options.trunkOptimizer);
    this.#codeCriticOptimizer = new Optimizer(trainableVariables(gan.codeCritic), options.trunkOptimizer);
    const { halfLife, start } = this.#sides.all[0]!.options.average;
    const trunkAverage = new WeightAverage(gan.trunk, gan.averagedTrunk, { halfLife, start });
    this.stages = [
      { name: 'reading', steps: options.reading.steps, latestEnd: READING_SHARE, samplesOf: pairsOf },
      { name: 'making', steps: MAKING_STEPS, cost: MAKING_COST },
    ];
    const making: readonly Phase<JointBatch>[] = [
      { name: 'codes', every: 1, run: (step) => this.#drawCodes(step) },
      {
        name: 'autoencoding',
        every: AUTOENCODING_EVERY,
        run: (step) => this.#sides.autoencode(step, this.#random, this.#pointsOfReal.bind(this)),
      },
      { name: 'critics', every: 1, run: (step) => this.#trainCritics(step) },
      ...this.#sides.all
        .filter(({ penalty }) => penalty.isLazy)
        .map((side) => ({ name: 'penalty', every: side.options.penalty.every, run: this.#penalise.bind(this, side) })),
      { name: 'trunk', every: 1, run: (step) => this.#trainTrunk(step) },
      { name: 'generators', every: 1, run: (step) => this.#trainGenerators(step) },
      {
        name: 'average',
        every: 1,
        run: ({ samplesSeen, batchSize }) => {
          for (const { average } of this.#sides) average.update(samplesSeen, batchSize);
          trunkAverage.update(samplesSeen, batchSize);
        },
      },
    ];
    this.phases = [
      { name: 'readers', stage: 'reading', every: 1, run: (step) => this.#reading.train(step, this.#random) },
      ...making.map((phase) => ({ ...phase, stage: 'making' })),
    ];
  }

  async state(): Promise<State> {
    return joinStates({
      ...(await this.#sides.states()),
      reading: await this.#reading.state(),
      trunk: await this.#trunkOptimizer.state(),
      codeCritic: await this.#codeCriticOptimizer.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#sides.restore(state);
    await this.#reading.restore(partOfState(state, 'reading'));
    await this.#trunkOptimizer.restore(partOfState(state, 'trunk'));
    await this.#codeCriticOptimizer.restore(partOfState(state, 'codeCritic'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#reading.dispose();
    this.#sides.dispose();
    this.#trunkOptimizer.dispose();
    this.#codeCriticOptimizer.dispose();
  }

  #trainCritics(step: Step<JointBatch>): void {
    const { samples } = step.batches[0]!;
    const { grads } = tf.variableGrads(
      () => {
        const losses = this.#sides.all.flatMap((side) => {
          const { player, penalty } = side;
          const { codes, own } = this.#drawn[player.name]!;
          const real = player.judge(samples[player.name]!, this.#random);
          const fake = stopGradient(() => player.generateInTraining(codes, own));
          const loss = codedCriticLoss(
            side.loss,
            real,
            player.judge(fake, this.#random),
            player.said(codes, own),
            this.#options.mismatch,
          );
          step.meter.add(`loss/critic/${player.name}`, loss);
          if (penalty.isLazy) return [loss];
          return [loss, this.#penaltyLoss(side, samples[player.name]!, fake) ?? tf.scalar(0)];
        });
        return tf.addN(losses) as tf.Scalar;
      },
      this.#sides.all.flatMap(({ criticOptimizer }) => criticOptimizer.variables),
    );
    for (const { criticOptimizer, penalty } of this.#sides) {
      criticOptimizer.apply(grads, step.samplesSeen);
      penalty.constrain(criticOptimizer.variables);
    }
  }

  /** What each row's forms are made from in this step: a code that is read in some of them, and private parts. */
  #drawCodes({ batches, batchSize }: Step<JointBatch>): void {
    const { samples, present } = batches[0]!;
    const read = this.#sides.all.map(({ player }) => player.read(samples[player.name]!));
    const here = this.#sides.all.map(({ player }) => present[player.name]!);
    const forms = this.#sides.all.map(() => this.#drawnForms(batchSize));
    this.#codes = jointCode(read, chosenForms(here, forms));
    const drawn = this.#sides.all.map(({ player }, i) => {
      // A sample that only stands in for one that the row lacks plays with a code of its own.
      const codes = jointCode([this.#codes!, read[i]!], [here[i]!, tf.sub(1, here[i]!)]);
      const own = player.ownOf(samples[player.name]!, codes, this.#normal(batchSize, player.privateDimensions));
      return [player.name, { codes, own }] as const;
    });
    this.#drawn = Object.fromEntries(drawn);
  }

  #penalise(side: PlayerTraining<Player>, step: Step<JointBatch>): void {
    const { name } = side.player;
    const real = step.batches[0]!.samples[name]!;
    const { codes, own } = this.#drawn[name]!;
    const fake = side.player.generateInTraining(codes, own);
    const { value, grads } = tf.variableGrads(() => this.#penaltyLoss(side, real, fake)!, side.criticOptimizer.variables);
    step.meter.add(`penalty/${name}`, value);
    side.criticOptimizer.apply(grads, step.samplesSeen);
  }

  #penaltyLoss(side: PlayerTraining<Player>, real: tf.Tensor, fake: tf.Tensor): tf.Scalar | undefined {
    const { codes, own } = this.#drawn[side.player.name]!;
    const score = (samples: tf.Tensor) => side.player.judge(samples, this.#random).scoreWith(side.player.said(codes, own));
    return side.penaltyLoss(score, real, fake, this.#random);
  }

  #trainTrunk({ samplesSeen, meter }: Step<JointBatch>): void {
    const { trunk, codeCritic, memory, latent } = this.#gan;
    const remembered = memory.layers.at(-1) as CodeMemory;
    remembered.remember(this.#codes!);
    const real = remembered.latest(TRUNK_BATCH);
    const points = latent.sample(TRUNK_BATCH, this.#random);
    const made = () => memory.apply(trunk.apply(points), { training: true }) as tf.Tensor2D;
    const score = (codes: tf.Tensor) => codeCritic.apply(codes) as tf.Tensor;
    const codes = made();
    const critic = tf.variableGrads(() => {
      const loss = tf.add(tf.mean(tf.softplus(tf.neg(score(real)))), tf.mean(tf.softplus(score(codes))));
      return tf.add(loss, tf.mul(this.#options.trunkPenalty, r1Penalty(score, real))) as tf.Scalar;
    }, this.#codeCriticOptimizer.variables);
    this.#codeCriticOptimizer.apply(critic.grads, samplesSeen);
    const { value, grads } = tf.variableGrads(
      () => tf.mean(tf.softplus(tf.neg(score(made())))) as tf.Scalar,
      this.#trunkOptimizer.variables,
    );
    meter.add('loss/trunk', value);
    this.#trunkOptimizer.apply(grads, samplesSeen);
  }

  /** Of real samples whose codes are known, the private parts. */
  #pointsOfReal(player: Player, samples: tf.Tensor): PointsOfReal {
    const drawn = this.#drawn[player.name]!;
    const [codes, known] = [halfOf(drawn.codes), halfOf(drawn.own)];
    const { privateDimensions: dimensions } = player;
    return {
      dimensions,
      encoded: () => player.encodeInTraining(samples, known),
      generatorInput: (own) => player.pointOf(codes, own),
      // Private points shall not tell again what codes tell, or the generator would read it there.
      besides: (own) => tf.concat([tf.mul(Math.sqrt(dimensions), codes) as tf.Tensor2D, own], 1),
    };
  }

  #trainGenerators(step: Step<JointBatch>): void {
    const { samples } = step.batches[0]!;
    for (const side of this.#sides) {
      const { player, loss, generatorOptimizer } = side;
      const { codes, own } = this.#drawn[player.name]!;
      const said = player.said(codes, own);
      const { grads } = tf.variableGrads(() => {
        const made = player.generateInTraining(codes, own);
        const fake = player.judge(made, this.#random).scoreWith(said);
        const real = loss.isRelativistic ? player.judge(samples[player.name]!, this.#random).scoreWith(said) : fake;
        const adversarial = loss.generator(fake, real);
        const agreement = tf.mean(tf.sum(tf.mul(player.read(halfOf(made)), halfOf(codes)), 1));
        step.meter.add(`loss/generator/${player.name}`, adversarial);
        step.meter.add(`agreement/${player.name}`, agreement);
        return tf.sub(adversarial, tf.mul(this.#options.agreement[player.name]!, agreement)) as tf.Scalar;
      }, generatorOptimizer.variables);
      generatorOptimizer.apply(grads, step.samplesSeen);
    }
  }

  #normal(batch: number, dimensions: number): tf.Tensor2D {
    return this.#random.normalTensor<tf.Rank.R2>([batch, dimensions]);
  }

  /** For each row 1 or 0, as a coin falls. */
  #drawnForms(batch: number): tf.Tensor1D {
    return tf.tensor1d(Float32Array.from({ length: batch }, () => this.#random.integer(2)));
  }
}

/** Rows of one form alone say nothing of what belongs together, and where they are many there is hardly a pair in a batch. */
function pairsOf(data: Dataset<unknown>): readonly number[] | undefined {
  const { paired = [] } = data as Partial<JointDataset>;
  return paired.length > 0 ? paired : undefined;
}
