import { train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { expect, test } from 'vitest';
import { jointCorners, kindsOf } from '../gan/corner-modality.js';
import { conditionalCoherence } from '../scores/conditional-coherence.js';
import { jointCoherence } from '../scores/joint-coherence.js';
import { twoCornersVae } from './corner-vae.js';
import type { FusionName } from './fusion.js';

const classify = (turn: number) => async (samples: Parameters<typeof kindsOf>[0]) =>
  (await kindsOf(samples, turn)).map((kind) => kind ?? -1);
const classifiers = { left: classify(0), right: classify(1) };

test.each<[FusionName, paired: number, joint: number, conditional: number]>([
  ['product', 1, 0.6, 0.9],
  ['mixture', 1, 0.6, 0.9],
  ['mixture-of-products', 1, 0.6, 0.9],
  ['mixture-of-products', 0.1, 0.3, 0.8],
])('%s learns which points belong together, of %f of them in pairs', async (fusion, paired, leastJoint, leastConditional) => {
  await useEngine();
  const vae = twoCornersVae(fusion);
  const data = jointCorners(400, paired);
  for await (const { warnings } of train(vae, data, { steps: 2000, batchSize: 64, reportEvery: 200 }))
    expect(warnings).toEqual([]);
  const joint = await jointCoherence(vae, classifiers, { count: 400 });
  expect(joint.value).toBeGreaterThan(leastJoint);
  const conditional = await conditionalCoherence(vae, jointCorners(400), classifiers);
  expect(conditional.value).toBeGreaterThan(leastConditional);
  vae.dispose();
});
