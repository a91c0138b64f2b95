import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../run/atomic-files.js';

/** One line of a run's scores. */
export interface Score {
  /** The metric's function, with the figure's name where it gives several: 'frechetDistance', 'precisionRecall.recall'. */
  readonly metric: string;
  /** What people call it. */
  readonly title: string;
  /** Of the generated samples. */
  readonly value: number;
  /** The same figure for real samples held against other real samples: what a perfect generator would get. */
  readonly realValue?: number;
  readonly better: 'lower' | 'higher' | 'near real';
  /** How many samples were compared. */
  readonly real: number;
  readonly fake: number;
  /** One sentence: what it says. */
  readonly meaning: string;
}

/** How good the samples of a run are: the content of `scores.json`. */
export interface Scores {
  /** Steps of training that the scored model has had. */
  readonly step: number;
  /** What the samples were compared by. */
  readonly features: string;
  /** What they were compared with. */
  readonly realSamples: string;
  readonly seed: number | string;
  readonly scores: readonly Score[];
}

const FILE = 'scores.json';

/** Keeps scores in a run folder, in place of earlier ones. */
export async function saveScores(runDirectory: string, scores: Scores): Promise<void> {
  await writeFileAtomically(path.join(runDirectory, FILE), `${JSON.stringify(scores, null, 2)}\n`);
}

/** The scores in a run folder, if there are any. */
export async function readScores(runDirectory: string): Promise<Scores | undefined> {
  const text = await readFile(path.join(runDirectory, FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Scores);
}
