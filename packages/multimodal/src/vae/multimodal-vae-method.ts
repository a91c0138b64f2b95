import {
  divergence,
  drawnFrom,
  joinStates,
  Optimizer,
  partOfState,
  Random,
  type RandomState,
  type State,
  type Step,
  scheduledValue,
  type TrainingMethod,
  trainableVariables,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { productOfExperts } from '../codes/experts.js';
import type { JointBatch } from '../data/joint-batch.js';
import type { MultimodalVae } from './multimodal-vae.js';
import type { ResolvedMultimodalVaeTraining } from './multimodal-vae-options.js';

/**
 * All encoders and decoders climb an evidence lower bound: of each row some forms say where it lies, and forms are decoded from a point drawn there. Forms
 * that are not decoded from there, and samples that stand in for forms that a row lacks, are things by themselves: each says where it lies alone, and is decoded
 * from there.
 */
export class MultimodalVaeMethod implements TrainingMethod<JointBatch> {
  readonly batchesPerStep = 1;
  readonly phases = [{ name: 'bound', every: 1, run: (step: Step<JointBatch>) => this.#climb(step) }];
  readonly #vae: MultimodalVae;
  readonly #options: ResolvedMultimodalVaeTraining;
  readonly #optimizer: Optimizer;
  #random: Random;

  constructor(vae: MultimodalVae, options: ResolvedMultimodalVaeTraining, random: Random) {
    this.#vae = vae;
    this.#options = options;
    this.#random = random;
    const networks = vae.sides.flatMap(({ encoder, decoder }) => [encoder, decoder]);
    this.#optimizer = new Optimizer(networks.flatMap(trainableVariables), options.optimizer);
  }

  async state(): Promise<State> {
    return joinStates({
      optimizer: await this.#optimizer.state(),
      random: { tensors: {}, values: { ...this.#random.state() } },
    });
  }

  async restore(state: State): Promise<void> {
    await this.#optimizer.restore(partOfState(state, 'optimizer'));
    this.#random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }

  #climb({ batches, meter, samplesSeen, batchSize }: Step<JointBatch>): void {
    const { samples, present } = batches[0]!;
    const { sides, fusion, latent } = this.#vae;
    const { withPrior, decoded } = fusion;
    const here = sides.map(({ name }) => present[name]!);
    const chosen = fusion.chosen(here, this.#random);
    const joined = decoded === 'chosen' ? chosen : here;
    const noise = this.#random.normalTensor([batchSize, latent.dimensions]);
    // A tensor, because it may change from step to step: the step stays the same to an engine that compiles steps.
    const beta = tf.scalar(scheduledValue(this.#options.beta, samplesSeen));
    const { value, grads } = tf.variableGrads(() => {
      const experts = sides.map((side) => side.encode(samples[side.name]!, true));
      const ofRows = productOfExperts(experts, chosen, withPrior);
      const pointsOfRows = drawnFrom(ofRows, noise);
      const costs: tf.Tensor[] = [];
      const surprises: tf.Tensor[] = [divergence(ofRows, this.#options.freeBits)];
      for (const [i, side] of sides.entries()) {
        const joins = joined[i]!;
        const alone = productOfExperts([experts[i]!], [tf.onesLike(joins)], withPrior);
        const mixed = (row: tf.Tensor, own: tf.Tensor, of: tf.Tensor) => tf.add(tf.mul(of, row), tf.mul(tf.sub(1, of), own));
        const points = mixed(pointsOfRows, drawnFrom(alone, noise), tf.expandDims(joins, 1)) as tf.Tensor2D;
        const reconstruction = side.surpriseInTraining(points, samples[side.name]!);
        meter.add(`loss/reconstruction/${side.name}`, tf.mean(reconstruction));
        costs.push(tf.mul(this.#options.modalities[side.name]!.weight, reconstruction));
        surprises.push(tf.mul(tf.sub(1, joins), divergence(alone, this.#options.freeBits)));
      }
      const surprise = tf.mean(tf.addN(surprises));
      meter.add('loss/divergence', surprise);
      return tf.add(tf.mean(tf.addN(costs)), tf.mul(beta, surprise)) as tf.Scalar;
    }, this.#optimizer.variables);
    meter.add('loss', value);
    this.#optimizer.apply(grads, samplesSeen);
  }
}
