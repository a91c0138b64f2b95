import type { AnyJointModel } from '@polygan/models';
import type { JointBatch, JointSamples } from '@polygan/multimodal';
import { figure } from '../../terminal/format.js';
import type { JointData } from '../joint-data.js';
import type { OwnScores, ScoreRequest } from '../modality-commands.js';
import { coherenceScores } from './coherence-scores.js';
import { formScores } from './form-scores.js';
import type { JointScoreRequest } from './joint-score-request.js';
import { madeOnce } from './made-once.js';
import { diversityScores, probeScores } from './reading-scores.js';

/** Held-out things that are translated in every direction; more say little more. */
const MOST_ROWS = 500;

/** Whether forms belong together, how good each is by itself, how many answers there are, and what codes tell. What needs classes is left out where things have none. */
export async function scoreThings(request: ScoreRequest<JointSamples, JointBatch>): Promise<OwnScores> {
  const { source, count, seed, onProgress } = request;
  const data = request.data as JointData;
  const model = request.model as AnyJointModel;
  const rows = Math.min(count, data.heldOut.size, MOST_ROWS);
  const kept = madeOnce(model);
  const part = (from: number, to: number): Omit<JointScoreRequest, 'model'> => ({
    data,
    count,
    rows,
    seed,
    onProgress: (share, text) => onProgress(from + (to - from) * share, text),
  });
  try {
    const hasClasses = data.aspects.length > 0;
    const coherence = hasClasses ? await coherenceScores({ ...part(0, 0.6), model: kept }) : undefined;
    const own = await formScores({ ...part(0.6, 0.8), model: kept });
    onProgress(0.8, 'asking for many answers');
    const diversity = await diversityScores({ ...part(0.8, 0.9), model });
    onProgress(0.9, 'reading codes');
    const probe = await probeScores({ ...part(0.9, 1), model });
    const judges =
      coherence?.judges ?? "no classifiers, as no line of the metadata has a 'label' by which forms could be compared";
    const by = hasClasses ? `, by ${data.aspects.map(({ name }) => name).join(', ')}` : '';
    return {
      features: [judges, ...own.features].join('; '),
      realSamples: `${figure(rows)} things of ${source} that were kept from training${by}`,
      scores: [...(coherence?.scores ?? []), ...own.scores, ...diversity, ...probe],
    };
  } finally {
    kept.dispose();
  }
}
