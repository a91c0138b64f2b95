import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { version } from '../../../package.json';
import type { Json } from '../../training/state.js';
import { writeFileAtomically } from './atomic-files.js';
import { CheckpointStore } from './checkpoint-store.js';
import { MetricsLog } from './metrics-log.js';

/** What was asked of a run, complete: enough to open it, resume it and do it again. The content of `run.json`. */
export interface RunRecord {
  /** 'image', 'audio', 'text', … */
  readonly modality: string;
  /** The function that makes the model, and its resolved options. */
  readonly model: { readonly kind: string; readonly options: Readonly<Record<string, Json>> };
  /** The resolved options of loop and method. */
  readonly training: Readonly<Record<string, Json>>;
  /** How often to record what, where the caller wants a resumed session to do the same. */
  readonly recording?: Readonly<Record<string, Json>>;
  readonly data: {
    /** A path, or the name of a ready-made set. */
    readonly source: string;
    readonly options: Readonly<Record<string, Json>>;
    readonly fingerprint: string;
    readonly size: number;
    readonly classNames?: readonly string[];
  };
  readonly engine: string;
  /** The command line that asked for it, where there was one. */
  readonly command?: string;
  /** What was said before the training of what may spoil it; the report shows it. */
  readonly notes?: readonly string[];
  readonly versions: { readonly polygan: string; readonly tfjs: string; readonly node: string };
  /** When the run was made, ISO 8601. */
  readonly created: string;
}

/** What the caller of {@link Run.create} says; the rest of the record is filled in. */
export type NewRun = Omit<RunRecord, 'versions' | 'created'>;

/** The user named a folder that is no run, or that cannot become one. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** The folder that a training leaves: what was asked, figures, samples over time, checkpoints, the model. */
export class Run {
  readonly checkpoints: CheckpointStore;
  readonly metrics: MetricsLog;

  private constructor(
    readonly directory: string,
    readonly record: RunRecord,
  ) {
    this.checkpoints = new CheckpointStore(path.join(directory, 'checkpoints'));
    this.metrics = new MetricsLog(path.join(directory, 'metrics.jsonl'));
  }

  /** @throws RunError if the folder exists and is not empty */
  static async create(directory: string, asked: NewRun): Promise<Run> {
    const present = await readdir(directory).catch(() => []);
    if (present.length > 0) {
      throw new RunError(
        `The folder ${directory} is not empty. Name another one, or go on with the run in it: polygan resume ${directory}`,
      );
    }
    const versions = { polygan: version, tfjs: tf.version['tfjs-core'], node: process.versions.node };
    const record: RunRecord = { ...asked, versions, created: new Date().toISOString() };
    await mkdir(path.join(directory, 'samples'), { recursive: true });
    return new Run(directory, record).#written();
  }

  /** @throws RunError if the folder holds no run */
  static async open(directory: string): Promise<Run> {
    const text = await readFile(path.join(directory, 'run.json'), 'utf8').catch(() => {
      throw new RunError(`${directory} is no run: there is no run.json in it. Runs are made by 'polygan train … --out FOLDER'.`);
    });
    return new Run(directory, recordFrom(text, directory));
  }

  /** This run with other options of training, as a resumed session may have them; `run.json` tells of them from now on. */
  async withTraining(training: RunRecord['training']): Promise<Run> {
    return new Run(this.directory, { ...this.record, training }).#written();
  }

  /** The folder of the generator's tfjs files. */
  get modelDirectory(): string {
    return path.join(this.directory, 'model');
  }

  /** After how many steps the model was kept that samples are drawn from; undefined where there is none yet. */
  async modelStep(): Promise<number | undefined> {
    const names = await readdir(this.modelDirectory).catch(() => []);
    const step = /weights-(\d+)/.exec(names.join(' '))?.[1];
    return step === undefined ? undefined : Number(step);
  }

  /** The folder of the fixed-latent samples over time. */
  get samplesDirectory(): string {
    return path.join(this.directory, 'samples');
  }

  async #written(): Promise<this> {
    await writeFileAtomically(path.join(this.directory, 'run.json'), `${JSON.stringify(this.record, null, 2)}\n`);
    return this;
  }
}

function recordFrom(text: string, directory: string): RunRecord {
  let record: Partial<RunRecord> | null;
  try {
    record = JSON.parse(text) as Partial<RunRecord> | null;
  } catch (cause) {
    throw new RunError(`${directory} is no run, or a broken one: run.json in it is no JSON (${(cause as Error).message}).`, {
      cause,
    });
  }
  if (!record?.modality || !record.model?.kind || !record.data)
    throw new RunError(`${directory} is no run: run.json in it does not say what was trained on what.`);
  return record as RunRecord;
}
