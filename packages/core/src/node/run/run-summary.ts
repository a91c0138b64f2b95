import path from 'node:path';
import { readScores, type Scores } from '../report/scores.js';
import type { Run } from './run.js';
import { readSession } from './session.js';

/** Where a run stands: there is no report of it yet, it goes on now, it waits, it was stopped before its end, or it is finished. */
export type RunState = 'begun' | 'training' | 'paused' | 'stopped' | 'finished';

/** What there is to say of a run in a line. */
export interface RunSummary {
  readonly directory: string;
  readonly modality: string;
  /** The function that made the model. */
  readonly model: string;
  /** The name of the data: of a folder its last part. */
  readonly data: string;
  readonly state: RunState;
  /** Steps of training that were reported. */
  readonly step: number;
  readonly samplesSeen: number;
  /** Minutes of training. */
  readonly minutes: number;
  readonly samplesPerSecond: number;
  /** The figures of the last report. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly scores?: Scores;
  /** ISO 8601. */
  readonly created: string;
}

/** Looks at what a run folder says of itself. */
export async function summarizeRun(run: Run): Promise<RunSummary> {
  const [reports, scores, session] = await Promise.all([
    run.metrics.read(),
    readScores(run.directory),
    readSession(run.directory),
  ]);
  const { record, directory } = run;
  const last = reports.at(-1);
  return {
    directory,
    modality: record.modality,
    model: record.model.kind,
    data: path.basename(record.data.source),
    state: session?.state ?? (last === undefined ? 'begun' : last.stopped ? 'finished' : 'stopped'),
    step: last?.step ?? 0,
    samplesSeen: last?.samplesSeen ?? 0,
    minutes: (last?.seconds ?? 0) / 60,
    samplesPerSecond: last?.samplesPerSecond ?? 0,
    metrics: last?.metrics ?? {},
    ...(scores && { scores }),
    created: record.created,
  };
}
