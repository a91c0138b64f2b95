import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { unitLength } from '../layers/unit-length.js';
import type { JointPoints, JointSamples, RefinedPoints } from '../multimodal-model.js';
import { awayFromGiven } from '../refinement/away-from-given.js';
import { descend, type Misfit, type Points } from '../refinement/descend.js';
import type { ResolvedRefineOptions } from '../refinement/refine-options.js';
import type { MultimodalGan } from './multimodal-gan.js';

/** What it costs to turn a code by a right angle, against a distance of 1 from what was given. */
const TURN = 0.2;

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
  const drawn = Array.from({ length: starts }, (_, start) => gan.points(count, { seed: `${seed}:${start}` }));
  const candidates = tf.tidy(() => startsFor(gan, given, drawn, known));
  try {
    // Part of a sample leaves the code open, which then has to be one that real things have: the memory knows them.
    const codeAt = (point: tf.Tensor2D) => (known ? gan.memory.apply(point) : unitLength(point)) as tf.Tensor2D;
    const forms = players.map((player) => ({
      name: player.name,
      make: (code: tf.Tensor2D, own?: tf.Tensor2D) =>
        player.averagedGenerator.apply(player.pointOf(code, player.ownFor(code, own!))) as tf.Tensor,
      features: (samples: tf.Tensor, random: Random) => player.judge(samples, random).features,
    }));
    const away = awayFromGiven(forms, given, options);
    const [[read]] = candidates as [[tf.Tensor2D]];
    const turned = (code: tf.Tensor) => tf.mul(known ? 0 : TURN, tf.sub(1, tf.sum(tf.mul(code, read), 1)));
    const misfit: Misfit = ([point, ...own]) =>
      tf.tidy(() => {
        const code = codeAt(point!);
        const each = Object.fromEntries(players.map(({ name }, i) => [name, own[i]!]));
        return tf.add(turned(code), away(code, each)) as tf.Tensor1D;
      });
    const { points, before, after } = await descend(candidates, misfit, options);
    const codes = tf.tidy(() => codeAt(points[0]!));
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

/** Points to begin with, `[codes, ...private parts of the given forms]`. New tensors. */
function startsFor(
  gan: MultimodalGan,
  given: JointSamples,
  drawn: readonly JointPoints[],
  known: JointSamples | undefined,
): Points[] {
  const forms = Object.entries(given);
  // What is not known is nothing, where critics look at it.
  const seen = forms.map(([name, samples]) => [name, known?.[name] ? tf.mul(known[name], samples) : samples] as const);
  const read = gan.read(Object.fromEntries(seen));
  return drawn.map(({ shared, own }, start) => {
    // What is read in a part may be wrong: every other start has a code of the prior.
    const codes = known && start % 2 === 1 ? gan.codesAt(shared) : read.clone();
    return [codes, ...forms.map(([name]) => own[name]!.clone())];
  });
}
