import type { SpeedCase } from './case.js';
import { dcgan32 } from './cases/dcgan32.js';
import { dcgan64 } from './cases/dcgan64.js';
import { sampleDcgan32 } from './cases/sample-dcgan32.js';
import { sampleWavegan } from './cases/sample-wavegan.js';
import { sampleSeqgan, seqganAdv, seqganMle } from './cases/seqgan.js';
import { wavegan } from './cases/wavegan.js';

/** Everything that is timed, by the names that torch_peers.py knows. */
export const cases: Readonly<Record<string, SpeedCase>> = {
  dcgan32,
  dcgan64,
  wavegan,
  'seqgan-mle': seqganMle,
  'seqgan-adv': seqganAdv,
  'sample-dcgan32': sampleDcgan32,
  'sample-wavegan': sampleWavegan,
  'sample-seqgan': sampleSeqgan,
};

/** @throws if there is no such case */
export function caseNamed(name: string): SpeedCase {
  const found = cases[name];
  if (!found) throw new Error(`there is no case '${name}'; the cases are ${Object.keys(cases).join(', ')}`);
  return found;
}
