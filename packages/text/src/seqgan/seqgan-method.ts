import {
  type Batch,
  joinStates,
  Optimizer,
  type Phase,
  partOfState,
  Random,
  type RandomState,
  type Stage,
  type State,
  type Step,
  type TrainingMethod,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { likelihoodUpdate } from '../language-models/likelihood-update.js';
import { variablesOf } from '../language-models/network-layers.js';
import { sampleRows } from '../language-models/sample-rows.js';
import type { TokenNetwork } from '../language-models/token-network.js';
import { discriminatorUpdate, realness } from './discriminator-update.js';
import { followWeights } from './follow-weights.js';
import { NegativeRows } from './negative-rows.js';
import { policyGradientUpdate } from './policy-gradient.js';
import type { Judge } from './roll-outs.js';
import type { ResolvedSeqGanTraining } from './seqgan-options.js';
import type { SequenceDiscriminator } from './sequence-discriminator.js';

/** The networks of a SeqGAN. */
export interface SeqGanNetworks {
  readonly generator: TokenNetwork;
  /** The policy that completes rows: a generator that lags behind. */
  readonly rollOut: TokenNetwork;
  readonly discriminator: SequenceDiscriminator;
}

/** What work takes against a batch of maximum likelihood, as measured with the paper's networks on one thread of a processor. */
const COSTS = { discriminatorBatch: 4.5, discriminatorUpdate: 2.7, rollOut: 10.5 } as const;

/**
 * How a SeqGAN is trained (1609.05473, algorithm 1): maximum likelihood, then the discriminator alone, then both in turn, the generator by policy
 * gradient.
 *
 * Deviation from the released code: each update of the discriminator sees as many real rows as generated ones, and real rows are shuffled anew at each pass;
 * there, rows are mixed once per set of negatives.
 */
export class SeqGanMethod implements TrainingMethod<Batch> {
  readonly batchesPerStep = 1;
  readonly stages: readonly Stage[];
  readonly phases: readonly Phase<Batch>[];
  readonly #networks: SeqGanNetworks;
  readonly #options: ResolvedSeqGanTraining;
  readonly #likelihood: Optimizer;
  readonly #policy: Optimizer;
  readonly #judging: Optimizer;
  readonly #negatives: NegativeRows;
  #random: Random;

  constructor(networks: SeqGanNetworks, options: ResolvedSeqGanTraining, random: Random) {
    this.#networks = networks;
    this.#options = options;
    this.#random = random;
    const weights = variablesOf(networks.generator.model);
    this.#likelihood = new Optimizer(weights, options.generatorOptimizer);
    this.#policy = new Optimizer(weights, options.policyOptimizer);
    this.#judging = new Optimizer(variablesOf(networks.discriminator.model), options.discriminatorOptimizer);
    this.#negatives = new NegativeRows(options.negatives.batches, options.negatives.passes);

    const { preTraining, discriminatorPreTraining, adversarialUpdates, discriminatorSteps, discriminatorUpdates, rollOuts } =
      options;
    const judgingCost = COSTS.discriminatorBatch + discriminatorUpdates * COSTS.discriminatorUpdate;
    const policyCost = (COSTS.rollOut * rollOuts) / discriminatorSteps;
    this.stages = [
      { name: 'pre-training', steps: preTraining },
      { name: 'discriminator', steps: discriminatorPreTraining, cost: judgingCost },
      { name: 'adversarial', steps: adversarialUpdates * discriminatorSteps, cost: judgingCost + policyCost },
    ];
    const judging = { name: 'discriminator', every: 1, run: (step: Step<Batch>) => this.#trainDiscriminator(step) };
    this.phases = [
      { name: 'likelihood', stage: 'pre-training', every: 1, run: (step) => this.#trainLikelihood(step) },
      { ...judging, stage: 'discriminator' },
      { name: 'generator', stage: 'adversarial', every: discriminatorSteps, runAsync: (step) => this.#trainGenerator(step) },
      { ...judging, stage: 'adversarial' },
    ];
  }

  async state(): Promise<State> {
    return joinStates({
      likelihood: await this.#likelihood.state(),
      policy: await this.#policy.state(),
      judging: await this.#judging.state(),
      negatives: await this.#negatives.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#likelihood.restore(partOfState(state, 'likelihood'));
    await this.#policy.restore(partOfState(state, 'policy'));
    await this.#judging.restore(partOfState(state, 'judging'));
    this.#negatives.restore(partOfState(state, 'negatives'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#likelihood.dispose();
    this.#policy.dispose();
    this.#judging.dispose();
    this.#negatives.clear();
  }

  #trainLikelihood({ batches, samplesSeen, meter }: Step<Batch>): void {
    const tokens = batches[0]!.samples as tf.Tensor2D;
    meter.add('nll/train', likelihoodUpdate(this.#networks.generator, this.#likelihood, tokens, samplesSeen));
  }

  #trainDiscriminator({ batches, samplesSeen, meter }: Step<Batch>): void {
    const { generator, discriminator } = this.#networks;
    const real = batches[0]!.samples as tf.Tensor2D;
    const [rows, length] = real.shape;
    const generated = this.#negatives.next(() => sampleRows(generator, this.#random.uniformTensor([rows, length])));
    const parts = this.#options.discriminatorUpdates;
    const context = { random: this.#random, samplesSeen, meter };
    for (let part = 0; part < parts; part++) {
      const from = Math.floor((part * rows) / parts);
      const size = Math.floor(((part + 1) * rows) / parts) - from;
      const some = (all: tf.Tensor2D) => tf.slice(all, [from, 0], [size, length]);
      discriminatorUpdate(discriminator, this.#judging, { real: some(real), generated: some(generated) }, this.#options, context);
    }
  }

  async #trainGenerator({ stageStep, batchSize, samplesSeen, meter }: Step<Batch>): Promise<void> {
    const { generator, rollOut, discriminator } = this.#networks;
    if (stageStep === 0) followWeights(rollOut, generator, 0);
    const { lag, rollOuts, reward } = this.#options;
    const judge: Judge = (rows, shared) => realness(discriminator, rows, shared);
    const parts = { network: generator, rollOut, optimizer: this.#policy, judge, rollOuts, reward };
    await policyGradientUpdate(parts, { random: this.#random, batchSize, samplesSeen, meter });
    followWeights(rollOut, generator, lag);
    this.#negatives.clear();
  }
}
