import { drawnFrom, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointSamples, RefinedPoints } from '../multimodal-model.js';
import { awayFromGiven, farOut } from '../refinement/away-from-given.js';
import { descend, type Misfit, type Points } from '../refinement/descend.js';
import type { ResolvedRefineOptions } from '../refinement/refine-options.js';
import type { CoupledGan } from './coupled-gan.js';

/** `CoupledGan.refine`: how the paper finds the other form of a picture (1606.07536, section 5), with some points that are read among those it begins with. */
export async function refineShared(gan: CoupledGan, given: JointSamples, options: ResolvedRefineOptions): Promise<RefinedPoints> {
  const players = Object.keys(given).map((name) => gan.player(name));
  if (players.length === 0) throw new Error('CoupledGan.refine: no samples were given');
  const count = given[players[0]!.name]!.shape[0]!;
  const { starts, seed, known } = options;
  const drawn = Array.from({ length: starts }, (_, start) => gan.points(count, { seed: `${seed}:${start}` }));
  const refined = players.filter(({ name }) => drawn[0]!.own[name]).map(({ name }) => name);
  const candidates = tf.tidy(() => {
    // What is not known is nothing, where readers look at it.
    const seen = players.map(({ name }) => [name, known?.[name] ? tf.mul(known[name], given[name]!) : given[name]!] as const);
    const read = gan.encode(Object.fromEntries(seen));
    return drawn.map(({ shared, own }, start): Points => {
      // Readers know generated samples alone, and may be wrong of others: every other start is one of the prior.
      const noise = Random.fromSeed(seed).split(start).normalTensor(read.mean.shape);
      const from = start % 2 === 0 ? drawnFrom(read, noise) : shared.clone();
      return [from, ...refined.map((name) => own[name]!.clone())];
    });
  });
  try {
    const forms = players.map((player) => ({
      name: player.name,
      make: (shared: tf.Tensor2D, own?: tf.Tensor2D) => gan.make(player, shared, own),
      features: (samples: tf.Tensor, random: Random) => player.look(samples, random).features,
    }));
    const away = awayFromGiven(forms, given, options);
    const misfit: Misfit = ([shared, ...own]) =>
      tf.tidy(() => {
        const each = Object.fromEntries(refined.map((name, i) => [name, own[i]!]));
        return tf.add(away(shared!, each), farOut(shared!)) as tf.Tensor1D;
      });
    const { points, before, after } = await descend(candidates, misfit, options);
    const own = Object.fromEntries(refined.map((name, i) => [name, points[i + 1]!]));
    // Forms that were not given have nothing to be refined by: theirs are as they were drawn.
    const others = Object.entries(drawn[0]!.own).filter(([name]) => !Object.hasOwn(own, name));
    const copies = others.map(([name, each]) => [name, each.clone()] as const);
    return { codes: points[0]!, own: { ...Object.fromEntries(copies), ...own }, before, after };
  } finally {
    tf.dispose([candidates, drawn] as unknown as tf.TensorContainer);
  }
}
