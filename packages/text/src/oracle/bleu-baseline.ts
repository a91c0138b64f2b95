import {
  type Batch,
  integer,
  joinStates,
  nested,
  Optimizer,
  type OptimizerOptions,
  type Phase,
  partOfState,
  positiveInteger,
  Random,
  type RandomState,
  type Resolved,
  type Stage,
  type State,
  type TrainingMethod,
  withDefaults,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { tokenOptimizerSchema } from '../language-models/likelihood-method.js';
import { likelihoodUpdate } from '../language-models/likelihood-update.js';
import { variablesOf } from '../language-models/network-layers.js';
import type { TokenNetwork } from '../language-models/token-network.js';
import type { BleuReferences } from '../metrics/bleu-references.js';
import { policyGradientUpdate } from '../seqgan/policy-gradient.js';

/** How a generator is trained whose reward is BLEU: a baseline of SeqGAN. */
export interface BleuTrainingOptions {
  /** Batches of maximum likelihood that it begins with. Default 31,200: 200 times 9,984 rows. */
  readonly preTraining?: number;
  /** Updates by policy gradient. Default 800. */
  readonly updates?: number;
  /** Completions of each beginning of a row. Default 1. */
  readonly rollOuts?: number;
  /** Of both stages, each with a state of its own. Default: Adam with a learning rate of 0.001 and β₁ of 0.9, gradients clipped to a norm of 5. */
  readonly optimizer?: OptimizerOptions;
}

/** The fields of {@link BleuTrainingOptions}. */
export const bleuTrainingSchema = {
  preTraining: integer({ min: 0, default: 31_200 }),
  updates: integer({ min: 0, default: 800 }),
  rollOuts: positiveInteger({ default: 1 }),
  optimizer: nested(withDefaults(tokenOptimizerSchema, { learningRate: 0.001 })),
};

/** The order of BLEU that is the reward. */
const ORDER = 3;
/** About what an update costs against a batch of maximum likelihood, per completion. */
const UPDATE_COST = 5;

/**
 * Policy gradient on BLEU-3 (1609.05473, section 5.1, PG-BLEU), with the settings of the paper's code: the generator completes its rows itself. BLEU is smoothed
 * as in {@link BleuReferences}; the paper's is not.
 */
export class BleuMethod implements TrainingMethod<Batch> {
  readonly batchesPerStep = 1;
  readonly stages: readonly Stage[];
  readonly phases: readonly Phase<Batch>[];
  readonly #likelihood: Optimizer;
  readonly #policy: Optimizer;
  #random: Random;

  constructor(
    network: TokenNetwork,
    references: BleuReferences,
    { preTraining, updates, rollOuts, optimizer }: Resolved<typeof bleuTrainingSchema>,
    random: Random,
  ) {
    this.#random = random;
    const weights = variablesOf(network.model);
    const likelihood = new Optimizer(weights, optimizer);
    const policy = new Optimizer(weights, optimizer);
    this.#likelihood = likelihood;
    this.#policy = policy;
    const judge = async (rows: tf.Tensor2D) => tf.tensor1d((await rows.array()).map((row) => references.score(row)[ORDER - 1]!));
    const reward = { scaling: 'none', baseline: 'none' } as const;
    this.stages = [
      { name: 'pre-training', steps: preTraining },
      { name: 'policy', steps: updates, cost: UPDATE_COST * rollOuts },
    ];
    this.phases = [
      {
        name: 'likelihood',
        stage: 'pre-training',
        every: 1,
        run: ({ batches, samplesSeen, meter }) =>
          meter.add('nll/train', likelihoodUpdate(network, likelihood, batches[0]!.samples as tf.Tensor2D, samplesSeen)),
      },
      {
        name: 'generator',
        stage: 'policy',
        every: 1,
        runAsync: (step) => {
          const parts = { network, rollOut: network, optimizer: policy, judge, rollOuts, reward };
          return policyGradientUpdate(parts, { ...step, random: this.#random });
        },
      },
    ];
  }

  async state(): Promise<State> {
    return joinStates({
      likelihood: await this.#likelihood.state(),
      policy: await this.#policy.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#likelihood.restore(partOfState(state, 'likelihood'));
    await this.#policy.restore(partOfState(state, 'policy'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#likelihood.dispose();
    this.#policy.dispose();
  }
}
