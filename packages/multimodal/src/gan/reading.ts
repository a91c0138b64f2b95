import { Optimizer, type Random, type State, type Step, trainableVariables } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type CodedRows, contrast } from '../codes/contrast.js';
import { naming } from '../codes/naming.js';
import type { JointBatch } from '../data/joint-batch.js';
import type { ResolvedMultimodalTraining } from './multimodal-options.js';
import type { Player } from './player.js';

/** How the readers of all modalities learn codes, from pairs alone: which forms belong to one thing, and what one form says of the pieces of another. */
export class Reading {
  readonly #players: readonly Player[];
  readonly #options: ResolvedMultimodalTraining['reading'];
  readonly #optimizer: Optimizer;

  constructor(players: readonly Player[], options: ResolvedMultimodalTraining['reading']) {
    this.#players = players;
    this.#options = options;
    this.#optimizer = new Optimizer(
      players.flatMap(({ reader, pieces }) => [...trainableVariables(reader), ...(pieces ? trainableVariables(pieces) : [])]),
      options.optimizer,
    );
  }

  /** One update: pairs of forms have to find each other in the batch, and each to name the pieces of the other. */
  train({ batches, meter, samplesSeen }: Step<JointBatch>, random: Random): void {
    const { samples, present } = batches[0]!;
    const { grads } = tf.variableGrads(() => {
      const coded = this.#players.map((player) => ({
        codes: player.readInTraining(samples[player.name]!, random),
        present: present[player.name]!,
      }));
      const pairs = coded.flatMap((a, i) => coded.slice(i + 1).map((b) => contrast(a, b, this.#options.temperature)));
      meter.add('accuracy/contrast', mean(pairs.map(({ accuracy }) => accuracy)));
      const told = mean(pairs.map(({ loss }) => loss));
      meter.add('loss/contrast', told);
      const named = this.#namings(coded, samples);
      if (named.length === 0) return told;
      meter.add('loss/naming', mean(named));
      return tf.add(told, tf.mul(this.#options.naming, mean(named))) as tf.Scalar;
    }, this.#optimizer.variables);
    this.#optimizer.apply(grads, samplesSeen);
  }

  /** For each modality with pieces, how badly each other one names them. */
  #namings(coded: readonly CodedRows[], samples: JointBatch['samples']): tf.Scalar[] {
    const { naming: weight, temperature } = this.#options;
    if (weight === 0) return [];
    return this.#players.flatMap(({ name, parts, pieces }, i) => {
      if (!pieces) return [];
      const shares = parts.pieces!.shares(samples[name]!);
      const others = coded.filter((_, j) => j !== i);
      return others.map(({ codes, present }) => {
        const both = tf.mul(present, coded[i]!.present) as tf.Tensor1D;
        return naming(pieces.apply(codes) as tf.Tensor, shares, both, temperature);
      });
    });
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
