import { Random } from '@polygan/core';
import { checkFeatures, compareSides, hasFeatures } from '../evaluation/compare-sides.js';
import { realSamples } from '../evaluation/measured-samples.js';
import { tellScores } from '../evaluation/tell-scores.js';
import { kindOf } from '../modalities/kind-of-data.js';
import { modalityNamed } from '../modalities/modalities.js';
import type { ModalityCommands } from '../modalities/modality-commands.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { openDataShown } from './open-data-shown.js';

/** The flags of `polygan evaluate` without a run. */
export interface EvaluateFoldersFlags extends EngineFlags {
  readonly fake: string;
  readonly real: string;
  readonly count: number;
  readonly features: string;
  readonly seed: number;
}

/** Scores the samples of a folder, wherever they come from, against real ones. */
export async function evaluateFolders({ fake, real, ...flags }: EvaluateFoldersFlags, output: Output): Promise<number> {
  const modality = modalityNamed(await kindOf(real)) as ModalityCommands;
  if (!hasFeatures(modality))
    throw new UserError(
      `--fake: pictures can be compared with pictures, and sounds with sounds; ${real} holds ${modality.noun}s`,
    );
  checkFeatures(modality, flags.features);
  await chooseEngine(flags);
  const data = await blamingInput(openDataShown(modality, { source: real, options: {} }, output));
  // In the form of the real ones: pictures of their size, sounds of their rate.
  const options = data.likeThese ?? data.shared;
  const others = await blamingInput(openDataShown(modality, { source: fake, options }, output));
  const { size } = others.dataset;
  const progress = showProgress(output);
  const { count, scores } = await compareSides(
    modality,
    { ...flags, data, source: real, onProgress: (share, text) => progress.update(share, text) },
    (most) => realSamples(others.dataset, Random.fromSeed(flags.seed).permutation(size).subarray(0, most)),
  ).finally(() => progress.end());
  const scored = Math.min(count, size);
  tellScores(`${figure(scored)} of the ${counted(size, modality.noun)} of ${fake}`, scores, modality, output);
  output.data({ fake, count: scored, ...scores });
  return 0;
}
