import {
  joinStates,
  Optimizer,
  type Phase,
  partOfState,
  Random,
  type RandomState,
  r1Penalty,
  type State,
  type Step,
  stopGradient,
  type TrainingMethod,
  trainableVariables,
  WeightAverage,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { contrast } from '../codes/contrast.js';
import { chosenForms, jointCode } from '../codes/joint-code.js';
import type { JointBatch } from '../data/joint-batch.js';
import type { CodeMemory } from '../layers/code-memory.js';
import type { MultimodalGan } from './multimodal-gan.js';
import type { ResolvedMultimodalTraining } from './multimodal-options.js';
import { type Judgement, scoreWith } from './player.js';
import { PlayerAutoencoding } from './player-autoencoding.js';
import { PlayerTraining } from './player-training.js';

/** What the samples of one modality were made from in this step. */
interface Drawn {
  readonly codes: tf.Tensor2D;
  /** The private part. */
  readonly own: tf.Tensor2D;
}

/**
 * How a multimodal GAN is trained. In each step
 *
 * 1. the critics learn together: each its own game, told the codes, and all of them to give the forms of one thing the same code (contrast);
 * 2. the trunk learns to make codes like those of real things, in a small game of its own;
 * 3. generators that cannot find their samples by the game alone learn to give real ones back;
 * 4. all generators learn: each its own game, and to show the code that a sample was made from;
 * 5. the averages follow.
 */
export class MultimodalMethod implements TrainingMethod<JointBatch> {
  readonly phases: readonly Phase<JointBatch>[];
  readonly batchesPerStep = 1;
  readonly #gan: MultimodalGan;
  readonly #options: ResolvedMultimodalTraining;
  readonly #sides: readonly PlayerTraining[];
  /** By the names of the modalities that have one. */
  readonly #autoencodings: ReadonlyMap<string, PlayerAutoencoding>;
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
    this.#sides = gan.players.map((player) => new PlayerTraining(player, options.modalities[player.name]!));
    const encoded = gan.players.filter(({ encoder }) => encoder);
    this.#autoencodings = new Map(encoded.map((player) => [player.name, new PlayerAutoencoding(player, options.autoencoding)]));
    this.#trunkOptimizer = new Optimizer(trainableVariables(gan.trunk), options.trunkOptimizer);
    this.#codeCriticOptimizer = new Optimizer(trainableVariables(gan.codeCritic), options.trunkOptimizer);
    const { halfLife, start } = this.#sides[0]!.options.average;
    const trunkAverage = new WeightAverage(gan.trunk, gan.averagedTrunk, { halfLife, start });
    this.phases = [
      { name: 'critics', every: 1, run: (step) => this.#trainCritics(step) },
      ...this.#sides
        .filter(({ penalty }) => penalty.isLazy)
        .map((side) => ({ name: 'penalty', every: side.options.penalty.every, run: this.#penalise.bind(this, side) })),
      { name: 'trunk', every: 1, run: (step) => this.#trainTrunk(step) },
      { name: 'autoencoding', every: 1, run: (step) => this.#autoencode(step) },
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
  }

  async state(): Promise<State> {
    const sides = await Promise.all(this.#sides.map(async (side) => [side.player.name, await side.state()] as const));
    const autoencodings = await Promise.all(
      [...this.#autoencodings].map(async ([name, each]) => [name, await each.state()] as const),
    );
    return joinStates({
      ...Object.fromEntries(sides.map(([name, state]) => [`modality-${name}`, state])),
      ...Object.fromEntries(autoencodings.map(([name, state]) => [`autoencoding-${name}`, state])),
      trunk: await this.#trunkOptimizer.state(),
      codeCritic: await this.#codeCriticOptimizer.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    for (const side of this.#sides) await side.restore(partOfState(state, `modality-${side.player.name}`));
    for (const [name, each] of this.#autoencodings) await each.restore(partOfState(state, `autoencoding-${name}`));
    await this.#trunkOptimizer.restore(partOfState(state, 'trunk'));
    await this.#codeCriticOptimizer.restore(partOfState(state, 'codeCritic'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    for (const part of [...this.#sides, ...this.#autoencodings.values()]) part.dispose();
    this.#trunkOptimizer.dispose();
    this.#codeCriticOptimizer.dispose();
  }

  #trainCritics(step: Step<JointBatch>): void {
    const { samples, present } = step.batches[0]!;
    const forms = this.#sides.map(() => this.#drawnForms(step.batchSize));
    const points = this.#sides.map(({ player }) => this.#normal(step.batchSize, player.privateDimensions));
    const kept = new Map<string, tf.Tensor2D>();
    const { grads } = tf.variableGrads(
      () => {
        const real = this.#sides.map(({ player }) => player.judge(samples[player.name]!, this.#random));
        const losses = [this.#contrast(real, present, step)];
        const joint = this.#codesOfRows(real, present, forms);
        kept.set('', tf.keep(joint));
        for (const [i, side] of this.#sides.entries()) {
          const { name } = side.player;
          const codes = this.#codesFor(real[i]!, joint, present[name]!);
          kept.set(name, tf.keep(codes));
          const fake = stopGradient(() => side.player.generateInTraining(codes, points[i]!));
          const judged = side.player.judge(fake, this.#random);
          const loss = side.criticLoss(real[i]!, judged, codes, this.#options.mismatch);
          step.meter.add(`loss/critic/${name}`, loss);
          losses.push(loss);
          if (!side.penalty.isLazy) {
            const penalty = side.penaltyLoss(samples[name]!, fake, codes, this.#random);
            if (penalty) losses.push(penalty);
          }
        }
        return tf.addN(losses) as tf.Scalar;
      },
      this.#sides.flatMap(({ criticOptimizer }) => criticOptimizer.variables),
    );
    const codesOf = (name: string) => intoStep(kept.get(name)!);
    this.#codes = codesOf('');
    this.#drawn = Object.fromEntries(
      this.#sides.map(({ player: { name } }, i) => [name, { codes: codesOf(name), own: points[i]! }]),
    );
    for (const { criticOptimizer, penalty } of this.#sides) {
      criticOptimizer.apply(grads, step.samplesSeen);
      penalty.constrain(criticOptimizer.variables);
    }
  }

  /** Pairs of forms have to find each other in the batch. */
  #contrast(real: readonly Judgement[], present: JointBatch['present'], { meter }: Step<JointBatch>): tf.Scalar {
    const { weight, temperature } = this.#options.contrast;
    const coded = this.#sides.map(({ player }, i) => ({ codes: real[i]!.code, present: present[player.name]! }));
    const pairs = coded.flatMap((a, i) => coded.slice(i + 1).map((b) => contrast(a, b, temperature)));
    const mean = (figures: tf.Scalar[]) => tf.div(tf.addN(figures), figures.length) as tf.Scalar;
    meter.add('loss/contrast', mean(pairs.map(({ loss }) => loss)));
    meter.add('accuracy/contrast', mean(pairs.map(({ accuracy }) => accuracy)));
    return tf.mul(weight, mean(pairs.map(({ loss }) => loss))) as tf.Scalar;
  }

  /** One code for each row, from some of its forms. A constant to gradients: critics shall not bend codes to win. */
  #codesOfRows(real: readonly Judgement[], present: JointBatch['present'], forms: readonly tf.Tensor[]): tf.Tensor2D {
    return stopGradient(() => {
      const chosen = chosenForms(
        this.#sides.map(({ player }) => present[player.name]!),
        forms,
      );
      return jointCode(
        real.map(({ code }) => code),
        chosen,
      );
    });
  }

  /** The codes that one modality plays with: those of the rows, or a sample's own where it only stands in. */
  #codesFor({ code }: Judgement, joint: tf.Tensor2D, present: tf.Tensor1D): tf.Tensor2D {
    return stopGradient(() => jointCode([joint, code], [present, tf.sub(1, present)]));
  }

  #penalise(side: PlayerTraining, step: Step<JointBatch>): void {
    const { name } = side.player;
    const real = step.batches[0]!.samples[name]!;
    const { codes, own } = this.#drawn[name]!;
    const fake = side.player.generateInTraining(codes, own);
    const { value, grads } = tf.variableGrads(
      () => side.penaltyLoss(real, fake, codes, this.#random)!,
      side.criticOptimizer.variables,
    );
    step.meter.add(`penalty/${name}`, value);
    side.criticOptimizer.apply(grads, step.samplesSeen);
  }

  #trainTrunk({ batchSize, samplesSeen, meter }: Step<JointBatch>): void {
    const { trunk, codeCritic, memory, latent } = this.#gan;
    const real = this.#codes!;
    (memory.layers.at(-1) as CodeMemory).remember(real);
    const points = latent.sample(batchSize, this.#random);
    const made = () => memory.apply(trunk.apply(points)) as tf.Tensor2D;
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

  #autoencode(step: Step<JointBatch>): void {
    const { samples } = step.batches[0]!;
    for (const [name, autoencoding] of this.#autoencodings) {
      autoencoding.train(samples[name]!, this.#drawn[name]!.codes, this.#random, step);
    }
  }

  #trainGenerators(step: Step<JointBatch>): void {
    const { samples } = step.batches[0]!;
    for (const side of this.#sides) {
      const { player, loss, generatorOptimizer } = side;
      const { codes, own } = this.#drawn[player.name]!;
      const { grads } = tf.variableGrads(() => {
        const judged = player.judge(player.generateInTraining(codes, own), this.#random);
        const fake = scoreWith(judged, codes);
        const real = loss.isRelativistic ? scoreWith(player.judge(samples[player.name]!, this.#random), codes) : fake;
        const adversarial = loss.generator(fake, real);
        const agreement = tf.mean(tf.sum(tf.mul(judged.code, codes), 1));
        step.meter.add(`loss/generator/${player.name}`, adversarial);
        step.meter.add(`agreement/${player.name}`, agreement);
        return tf.sub(adversarial, tf.mul(this.#options.agreement, agreement)) as tf.Scalar;
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

/** A tensor that was kept past the end of a gradient's computation, as one that goes with the step. */
function intoStep<T extends tf.Tensor>(kept: T): T {
  const tensor = tf.clone(kept);
  kept.dispose();
  return tensor;
}
