import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointSamples, RefinedPoints } from '../multimodal-model.js';
import { farOut } from '../refinement/away-from-given.js';
import { descend, type Misfit, type Points } from '../refinement/descend.js';
import type { ResolvedRefineOptions } from '../refinement/refine-options.js';
import { knownPart, relativeDistance } from '../refinement/sample-distance.js';
import type { MultimodalVae } from './multimodal-vae.js';

/** `MultimodalVae.refine`. */
export async function refinePoints(
  vae: MultimodalVae,
  given: JointSamples,
  { starts, seed, known, distances, ...descent }: ResolvedRefineOptions,
): Promise<RefinedPoints> {
  const sides = Object.keys(given).map((name) => vae.side(name));
  const random = Random.fromSeed(seed);
  const candidates = tf.tidy(() => {
    const seen = sides.map(({ name }) => [name, known?.[name] ? tf.mul(known[name], given[name]!) : given[name]!] as const);
    return Array.from({ length: starts }, (_, start): Points => {
      const read = vae.drawnCodes(Object.fromEntries(seen), random.split(start));
      // What is read in a part may be wrong: every other start is one of the prior.
      return [known && start % 2 === 1 ? vae.latent.sample(read.shape[0], random.split(start)) : read];
    });
  });
  const misfit: Misfit = ([points]) =>
    tf.tidy(() => {
      const costs = sides.map(({ name }) => {
        const side = vae.side(name);
        const generated = side.generate(points!);
        const target = knownPart(generated, given[name]!, known?.[name]);
        if (distances[name]) return distances[name](generated, target);
        return relativeDistance(side.compared(generated), side.compared(target));
      });
      return tf.addN([...costs, farOut(points!)]);
    });
  try {
    const { points, before, after } = await descend(candidates, misfit, descent);
    return { codes: points[0]!, own: {}, before, after };
  } finally {
    tf.dispose(candidates);
  }
}
