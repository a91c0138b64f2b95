import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { unitLength } from '../layers/unit-length.js';
import type { JointSamples, RefinedPoints } from '../multimodal-model.js';
import { descend, type Misfit, type Points } from '../refinement/descend.js';
import type { ResolvedRefineOptions, SampleDistance } from '../refinement/refine-options.js';
import { knownPart, relativeDistance } from '../refinement/sample-distance.js';
import type { MultimodalGan } from './multimodal-gan.js';
import type { Player } from './player.js';

/** What it costs to turn a code by a right angle, against a distance of 1 from what was given. */
const TURN = 0.2;
/** What it costs that a private part lies as far out as drawn ones do. */
const OUTWARD = 0.02;

/** `MultimodalGan.refine`. */
export async function refineCodes(
  gan: MultimodalGan,
  given: JointSamples,
  options: ResolvedRefineOptions,
): Promise<RefinedPoints> {
  const players = Object.keys(given).map((name) => gan.player(name));
  if (players.length === 0) throw new Error('MultimodalGan.refine: no samples were given');
  const count = given[players[0]!.name]!.shape[0]!;
  const { starts, seed, known } = options;
  const random = Random.fromSeed(seed);
  const drawn = Array.from({ length: starts }, (_, start) => gan.points(count, { seed: `${seed}:${start}` }));
  const candidates = tf.tidy(() => {
    // What is not known is nothing, where critics look at it.
    const seen = players.map(({ name }) => {
      const mask = known?.[name];
      return [name, mask ? tf.mul(mask, given[name]!) : given[name]!] as const;
    });
    const read = gan.read(Object.fromEntries(seen));
    return drawn.map(({ shared, own }, start): Points => {
      // A code that is read in part of a sample may be wrong, so every other start has a code of the prior.
      const codes = known && start % 2 === 1 ? gan.codesAt(shared) : read.clone();
      return [codes, ...players.map(({ name }) => own[name]!.clone())];
    });
  });
  try {
    const misfit = misfitOf(players, given, candidates[0]![0]!, options, random);
    const { points, before, after } = await descend(candidates, misfit, options);
    const codes = tf.tidy(() => unitLength(points[0]!));
    const own = Object.fromEntries(players.map(({ name }, i) => [name, points[i + 1]!]));
    points[0]!.dispose();
    // Forms that were not given have nothing to be refined by: theirs are as they were drawn.
    const others = Object.entries(drawn[0]!.own).filter(([name]) => !Object.hasOwn(own, name));
    const copies = others.map(([name, points]) => [name, points.clone()] as const);
    return { codes, own: { ...Object.fromEntries(copies), ...own }, before, after };
  } finally {
    tf.dispose([candidates, drawn] as unknown as tf.TensorContainer);
  }
}

/** How far what comes from points `[codes, ...private parts]` is from what was given, and how unlikely the points are. */
function misfitOf(
  players: readonly Player[],
  given: JointSamples,
  read: tf.Tensor2D,
  { known, distances }: ResolvedRefineOptions,
  random: Random,
): Misfit {
  return ([codes, ...own]) =>
    tf.tidy(() => {
      const code = unitLength(codes!);
      const turned = tf.mul(TURN, tf.sub(1, tf.sum(tf.mul(code, read), 1)));
      // Part of a sample says little about the code, which then has to be free.
      const costs: tf.Tensor[] = known ? [] : [turned];
      for (const [i, player] of players.entries()) {
        const { name } = player;
        const generated = player.averagedGenerator.apply(tf.concat([code, own[i]!], 1)) as tf.Tensor;
        const target = knownPart(generated, given[name]!, known?.[name]);
        costs.push((distances[name] ?? distanceBy(player, random.split(name)))(generated, target));
        costs.push(tf.mul(OUTWARD, tf.mean(tf.square(own[i]!), 1)));
      }
      return tf.addN(costs) as tf.Tensor1D;
    });
}

/** By the samples' numbers, and by what the critic sees in them. */
function distanceBy(player: Player, random: Random): SampleDistance {
  return (generated, given) => {
    // Both are judged with the same random inputs.
    const features = (samples: tf.Tensor) => player.features(samples, random.split('features'));
    return tf.add(relativeDistance(generated, given), relativeDistance(features(generated), features(given)));
  };
}
