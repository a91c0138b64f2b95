import { Optimizer, type Random, type State, type Step, trainableVariables } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { contrast } from '../codes/contrast.js';
import type { JointBatch } from '../data/joint-batch.js';
import type { ResolvedMultimodalTraining } from './multimodal-options.js';
import type { Player } from './player.js';

/** How the readers of all modalities learn codes: from pairs alone, which forms belong to one thing. */
export class Reading {
  readonly #players: readonly Player[];
  readonly #temperature: number;
  readonly #optimizer: Optimizer;

  constructor(players: readonly Player[], { temperature, optimizer }: ResolvedMultimodalTraining['reading']) {
    this.#players = players;
    this.#temperature = temperature;
    this.#optimizer = new Optimizer(
      players.flatMap(({ reader }) => trainableVariables(reader)),
      optimizer,
    );
  }

  /** One update: pairs of forms have to find each other in the batch. */
  train({ batches, meter, samplesSeen }: Step<JointBatch>, random: Random): void {
    const { samples, present } = batches[0]!;
    const { value, grads } = tf.variableGrads(() => {
      const coded = this.#players.map((player) => ({
        codes: player.readInTraining(samples[player.name]!, random),
        present: present[player.name]!,
      }));
      const pairs = coded.flatMap((a, i) => coded.slice(i + 1).map((b) => contrast(a, b, this.#temperature)));
      meter.add('accuracy/contrast', mean(pairs.map(({ accuracy }) => accuracy)));
      return mean(pairs.map(({ loss }) => loss));
    }, this.#optimizer.variables);
    meter.add('loss/contrast', value);
    this.#optimizer.apply(grads, samplesSeen);
  }

  state(): Promise<State> {
    return this.#optimizer.state();
  }

  restore(state: State): Promise<void> {
    return this.#optimizer.restore(state);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }
}

function mean(figures: tf.Scalar[]): tf.Scalar {
  return tf.div(tf.addN(figures), figures.length);
}
