import {
  joinStates,
  Optimizer,
  type Phase,
  partOfState,
  Random,
  type RandomState,
  type State,
  type Step,
  stopGradient,
  type TrainingMethod,
  trainableVariables,
  WeightAverage,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointBatch } from '../data/joint-batch.js';
import { halfOf } from '../game/half-of.js';
import type { PointsOfReal } from '../game/player-autoencoding.js';
import type { PlayerTraining } from '../game/player-training.js';
import { Sides } from '../game/sides.js';
import type { CoupledGan } from './coupled-gan.js';
import type { ResolvedCoupledGanTraining } from './coupled-options.js';
import type { CoupledPlayer } from './coupled-player.js';
import { PointReading } from './point-reading.js';
import { follow, gathered, joinedTies, type TiedWeights } from './tied-weights.js';

type Side = PlayerTraining<CoupledPlayer>;

/** What the samples of this step are made from; lives within it. */
interface Drawn {
  /** `[batch, latent dimensions]`, for all modalities. */
  readonly shared: tf.Tensor2D;
  /** Private parts, by the names of the modalities that have one. */
  readonly own: Readonly<Record<string, tf.Tensor2D>>;
}

/**
 * How a coupled GAN is trained: all modalities play their games at the same time, from the same latent points, and their losses are summed (1606.07536, section 3).
 * Nothing looks at which real samples are of one thing. In each step
 *
 * 1. generators that cannot find their samples by the game alone learn to give real ones back;
 * 2. the critics learn, and with them the head that they share;
 * 3. readers learn where generated samples lie;
 * 4. the generators learn, and with them the trunk that they share;
 * 5. the averages follow.
 *
 * Generators stand still from 2 to 4, so that an engine that runs a step as one graph makes samples once for all of them.
 */
export class CoupledMethod implements TrainingMethod<JointBatch> {
  readonly phases: readonly Phase<JointBatch>[];
  readonly batchesPerStep = 1;
  readonly #gan: CoupledGan;
  readonly #sides: Sides<CoupledPlayer>;
  readonly #reading: PointReading;
  readonly #trunkOptimizer: Optimizer;
  readonly #headOptimizer: Optimizer;
  readonly #tiedGenerators: TiedWeights;
  readonly #tiedCritics: TiedWeights;
  #random: Random;
  #drawn: Drawn | undefined;

  constructor(gan: CoupledGan, options: ResolvedCoupledGanTraining, random: Random) {
    this.#gan = gan;
    this.#random = random;
    this.#tiedGenerators = joinedTies(gan.families.map(({ generators }) => generators));
    this.#tiedCritics = joinedTies(gan.families.map(({ critics }) => critics));
    const followers = new Set([...this.#tiedGenerators.values(), ...this.#tiedCritics.values()].flat());
    this.#sides = new Sides(gan.players, options, followers);
    this.#reading = new PointReading(gan.players, options.readerOptimizer);
    this.#trunkOptimizer = new Optimizer(trainableVariables(gan.trunk), options.sharedOptimizer);
    this.#headOptimizer = new Optimizer(trainableVariables(gan.head), options.sharedOptimizer);
    const { halfLife, start } = this.#sides.all[0]!.options.average;
    const trunkAverage = new WeightAverage(gan.trunk, gan.averagedTrunk, { halfLife, start });
    const tiedAverages = joinedTies(gan.families.map(({ averagedGenerators }) => averagedGenerators));
    this.phases = [
      { name: 'autoencoding', every: 1, run: (step) => this.#autoencode(step) },
      { name: 'critics', every: 1, run: (step) => this.#trainCritics(step) },
      ...this.#sides.all
        .filter(({ penalty }) => penalty.isLazy)
        .map((side) => ({ name: 'penalty', every: side.options.penalty.every, run: this.#penalise.bind(this, side) })),
      { name: 'readers', every: 1, run: (step) => this.#trainReaders(step) },
      { name: 'generators', every: 1, run: (step) => this.#trainGenerators(step) },
      {
        name: 'average',
        every: 1,
        run: ({ samplesSeen, batchSize }) => {
          for (const { average } of this.#sides) average.update(samplesSeen, batchSize);
          follow(tiedAverages);
          trunkAverage.update(samplesSeen, batchSize);
        },
      },
    ];
  }

  async state(): Promise<State> {
    return joinStates({
      ...(await this.#sides.states()),
      reading: await this.#reading.state(),
      trunk: await this.#trunkOptimizer.state(),
      head: await this.#headOptimizer.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#sides.restore(state);
    await this.#reading.restore(partOfState(state, 'reading'));
    await this.#trunkOptimizer.restore(partOfState(state, 'trunk'));
    await this.#headOptimizer.restore(partOfState(state, 'head'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#reading.dispose();
    this.#sides.dispose();
    this.#trunkOptimizer.dispose();
    this.#headOptimizer.dispose();
  }

  #trainCritics(step: Step<JointBatch>): void {
    const { samples } = step.batches[0]!;
    this.#drawn = this.#draw(step.batchSize);
    this.#moveCritics(this.#sides.all, step, () => {
      const losses = this.#sides.all.flatMap((side) => {
        const { name } = side.player;
        const real = samples[name]!;
        const fake = stopGradient(() => this.#make(side.player));
        const loss = side.loss.discriminator(this.#score(side, real), this.#score(side, fake));
        step.meter.add(`loss/critic/${name}`, loss);
        if (side.penalty.isLazy) return [loss];
        return [loss, this.#penaltyLoss(side, real, fake) ?? tf.scalar(0)];
      });
      return tf.addN(losses) as tf.Scalar;
    });
    for (const { penalty, player } of this.#sides) {
      penalty.constrain([...trainableVariables(player.critic), ...trainableVariables(this.#gan.head)]);
    }
  }

  #penalise(side: Side, step: Step<JointBatch>): void {
    const { name } = side.player;
    const real = step.batches[0]!.samples[name]!;
    const fake = this.#make(side.player);
    this.#moveCritics([side], step, () => {
      const penalty = this.#penaltyLoss(side, real, fake)!;
      step.meter.add(`penalty/${name}`, penalty);
      return penalty;
    });
  }

  /** One update of the head and of these sides' critics, with what they have in common with others. */
  #moveCritics(sides: readonly Side[], { samplesSeen }: Step<JointBatch>, loss: () => tf.Scalar): void {
    const own = sides.flatMap(({ player }) => trainableVariables(player.critic));
    const { grads } = tf.variableGrads(loss, [...own, ...this.#headOptimizer.variables]);
    this.#move(
      grads,
      this.#tiedCritics,
      [...this.#sides.all.map((side) => side.criticOptimizer), this.#headOptimizer],
      samplesSeen,
    );
  }

  #autoencode(step: Step<JointBatch>): void {
    this.#sides.autoencode(step, this.#random, this.#pointsOfReal.bind(this));
    follow(this.#tiedGenerators);
  }

  /** Of real samples the points that generated ones are made from: shared and private parts alike are read in the sample. The trunk stays as the games have it. */
  #pointsOfReal({ encoder, parts, privateDimensions }: CoupledPlayer, samples: tf.Tensor): PointsOfReal {
    const { trunk, latent } = this.#gan;
    return {
      dimensions: parts.latent.dimensions,
      encoded: () => encoder!.apply(samples, { training: true }) as tf.Tensor2D,
      generatorInput(points) {
        if (privateDimensions === 0) return trunk.apply(points) as tf.Tensor;
        const [shared, own] = tf.split(points, [latent.dimensions, privateDimensions], 1);
        return tf.concat([trunk.apply(shared!) as tf.Tensor, own!], 1);
      },
    };
  }

  #trainReaders(step: Step<JointBatch>): void {
    const made = this.#gan.players.map((player) => [player.name, halfOf(this.#make(player))] as const);
    this.#reading.train(Object.fromEntries(made), halfOf(this.#drawn!.shared), this.#random, step);
  }

  #trainGenerators(step: Step<JointBatch>): void {
    const { samples } = step.batches[0]!;
    const own = this.#gan.players.flatMap(({ generator }) => trainableVariables(generator));
    const { grads } = tf.variableGrads(() => {
      const losses = this.#sides.all.map((side) => {
        const { name } = side.player;
        const fake = this.#score(side, this.#make(side.player));
        const loss = side.loss.generator(fake, side.loss.isRelativistic ? this.#score(side, samples[name]!) : fake);
        step.meter.add(`loss/generator/${name}`, loss);
        return loss;
      });
      return tf.addN(losses) as tf.Scalar;
    }, [...own, ...this.#trunkOptimizer.variables]);
    const optimizers = [...this.#sides.all.map((side) => side.generatorOptimizer), this.#trunkOptimizer];
    this.#move(grads, this.#tiedGenerators, optimizers, step.samplesSeen);
    this.#drawn = undefined;
  }

  #move(grads: tf.NamedTensorMap, tied: TiedWeights, optimizers: readonly Optimizer[], samplesSeen: number): void {
    const all = gathered(grads, tied);
    for (const optimizer of optimizers) {
      // One that none of this is for makes no step.
      if (optimizer.variables.some(({ name }) => all[name])) optimizer.apply(all, samplesSeen);
    }
    follow(tied);
  }

  #draw(batch: number): Drawn {
    const shared = this.#gan.latent.sample(batch, this.#random);
    const withOwn = this.#gan.players.filter(({ privateDimensions }) => privateDimensions > 0);
    const own = withOwn.map(({ name, privateDimensions }) => {
      return [name, this.#random.normalTensor<tf.Rank.R2>([batch, privateDimensions])] as const;
    });
    return { shared, own: Object.fromEntries(own) };
  }

  /** Samples of one modality from what is drawn, by the networks that are trained. */
  #make({ name, generator }: CoupledPlayer): tf.Tensor {
    const { shared, own } = this.#drawn!;
    const common = this.#gan.trunk.apply(shared) as tf.Tensor2D;
    return generator.apply(own[name] ? tf.concat([common, own[name]], 1) : common, { training: true }) as tf.Tensor;
  }

  #score({ player }: Side, samples: tf.Tensor): tf.Tensor {
    return this.#gan.head.apply(player.look(samples, this.#random).common, { training: true }) as tf.Tensor;
  }

  #penaltyLoss(side: Side, real: tf.Tensor, fake: tf.Tensor): tf.Scalar | undefined {
    return side.penaltyLoss((samples) => this.#score(side, samples), real, fake, this.#random);
  }
}
