import type { JointData } from '../joint-data.js';
import type { ScoredModel } from './made-once.js';

/** What the scores of things in several forms are asked for. */
export interface JointScoreRequest {
  readonly data: JointData;
  readonly model: ScoredModel;
  /** Things to make up. */
  readonly count: number;
  /** Held-out things to read and translate. */
  readonly rows: number;
  readonly seed: number;
  readonly onProgress: (share: number, text: string) => void;
}
