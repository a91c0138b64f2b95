import { readFile } from 'node:fs/promises';
import { decodeSafetensors } from '@polygan/core/node';
import {
  type OracleExperimentOptions,
  oracleExperiment,
  PAPER_SEQGAN_TRAINING,
  RELEASED_SEQGAN_TRAINING,
  SHORT_SEQGAN_TRAINING,
} from '@polygan/text';
import * as tf from '@tensorflow/tfjs';
import { mergeSections, type Section } from '../settings/settings.js';
import { chooseEngine, type EngineFlags, warnIfSlow } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { columns, figure } from '../terminal/format.js';
import { onInterruption } from '../terminal/interruption.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';

/** The schedules of a SeqGAN by the names that the command line has for them. */
const SCHEDULES = { short: SHORT_SEQGAN_TRAINING, released: RELEASED_SEQGAN_TRAINING, paper: PAPER_SEQGAN_TRAINING } as const;

/** The flags of `polygan oracle`. */
export interface OracleFlags extends EngineFlags {
  readonly method: NonNullable<OracleExperimentOptions['method']>;
  /** A safetensors file. */
  readonly oracleWeights?: string;
  readonly oracleSeed: number;
  readonly seed: number;
  readonly length: number;
  /** Of method 'seqgan' only. Default 'short'. */
  readonly schedule?: keyof typeof SCHEDULES;
  /** Options of the method's training, by name; they win over the schedule. */
  readonly training: Section;
}

/** Runs SeqGAN's synthetic experiment, and says how likely the oracle finds what the method writes, as it learns. */
export async function oracle(
  { oracleWeights, oracleSeed, engine, threads, schedule, training, ...flags }: OracleFlags,
  output: Output,
): Promise<number> {
  if (schedule !== undefined && flags.method !== 'seqgan') {
    throw new UserError(`--schedule is for --method seqgan, got --method ${flags.method}`);
  }
  tf.enableProdMode();
  const chosen = await chooseEngine({ ...(engine !== undefined && { engine }), ...(threads !== undefined && { threads }) });
  warnIfSlow(chosen, output);
  const weights = oracleWeights === undefined ? undefined : await blamingInput(readWeights(oracleWeights));
  const interruption = onInterruption(() => output.warn('Stopping after this step; press Ctrl-C again to end at once.'));
  const progress = showProgress(output);
  const measured: { step: number; stage: string; oracle: number; test: number }[] = [];
  const started = performance.now();
  const reports = oracleExperiment({
    ...flags,
    training: schedule ? mergeSections(SCHEDULES[schedule], training) : training,
    ...(weights ? { weights } : { oracle: { seed: oracleSeed } }),
    signal: interruption.signal,
  } as OracleExperimentOptions);
  try {
    for (let next = await blamingInput(reports.next()); !next.done; next = await reports.next()) {
      const { step, metrics, stage, progress: share = 0 } = next.value;
      output.data({ event: 'report', method: flags.method, step, metrics, ...(stage && { stage }) });
      const { 'nll/oracle': byOracle, 'nll/test': test } = metrics;
      if (byOracle !== undefined) measured.push({ step, stage: stage?.name ?? '', oracle: byOracle, test: test! });
      const last = measured.at(-1);
      const known = last ? `, NLL-oracle ${last.oracle.toFixed(3)} at step ${figure(last.step)}` : '';
      progress.update(share, `${stage?.name ?? flags.method}, step ${figure(step)}${known}`);
    }
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
  } finally {
    progress.end();
    interruption.dispose();
  }
  if (measured.length === 0) throw new UserError('stopped before the first evaluation');
  const best = measured.reduce((a, b) => (b.oracle < a.oracle ? b : a));
  const minutes = (performance.now() - started) / 60_000;
  output.say(columns([['step', 'stage', 'NLL-oracle', 'NLL-test'], ...measured.map((row) => rowOf(row))]));
  output.say(
    `${flags.method}: NLL-oracle ${best.oracle.toFixed(4)} at step ${figure(best.step)}, after ${figure(minutes)} minutes in all`,
  );
  output.data({ event: 'end', method: flags.method, best, minutes, engine: chosen.name });
  return 0;
}

function rowOf({ step, stage, oracle: byOracle, test }: { step: number; stage: string; oracle: number; test: number }): string[] {
  return [figure(step), stage, byOracle.toFixed(4), test.toFixed(4)];
}

async function readWeights(path: string) {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new Error(`--oracle-weights: cannot read ${path}: ${cause.message}`, { cause });
  });
  return decodeSafetensors(bytes);
}
