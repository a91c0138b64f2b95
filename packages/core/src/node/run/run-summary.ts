import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readScores, type Scores } from '../report/scores.js';
import type { Run } from './run.js';

/** Where a run stands: it has begun, goes on now, was stopped before its end, or is finished. */
export type RunState = 'begun' | 'training' | 'stopped' | 'finished';

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

/** Reports that are older than this many times the time between them are not followed by others. */
const PATIENCE = 5;
/** In seconds: a checkpoint or a preview may take so long. */
const LEAST_PATIENCE = 60;

/** Looks at what a run folder says of itself. */
export async function summarizeRun(run: Run): Promise<RunSummary> {
  const reports = await run.metrics.read();
  const scores = await readScores(run.directory);
  const { record, directory } = run;
  const last = reports.at(-1);
  return {
    directory,
    modality: record.modality,
    model: record.model.kind,
    data: path.basename(record.data.source),
    state: last?.stopped ? 'finished' : await unfinishedState(run, (last?.seconds ?? 0) - (reports.at(-2)?.seconds ?? 0)),
    step: last?.step ?? 0,
    samplesSeen: last?.samplesSeen ?? 0,
    minutes: (last?.seconds ?? 0) / 60,
    samplesPerSecond: last?.samplesPerSecond ?? 0,
    metrics: last?.metrics ?? {},
    ...(scores && { scores }),
    created: record.created,
  };
}

/** @param interval seconds between the last two reports */
async function unfinishedState({ directory }: Run, interval: number): Promise<RunState> {
  const written = (file: string) =>
    stat(path.join(directory, file)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
  const reported = await written('metrics.jsonl');
  const latest = reported ?? (await written('run.json')) ?? 0;
  if ((Date.now() - latest) / 1000 <= Math.max(LEAST_PATIENCE, PATIENCE * interval)) return 'training';
  return reported === undefined ? 'begun' : 'stopped';
}
