import { readdir } from 'node:fs/promises';
import { Run, summarizeRun } from '@polygan/core/node';
import type { RunDetails, RunPreview, RunSummary } from '../run-summary.js';
import type { PlacedRun } from './run-places.js';

/** A run as the list has it; undefined where its record cannot be read. */
export async function listedRun(placed: PlacedRun): Promise<RunSummary | undefined> {
  const run = await Run.open(placed.directory).catch(() => undefined);
  return run && summary(placed, run);
}

/** All of a run that the page must know. */
export async function describeRun(placed: PlacedRun): Promise<RunDetails> {
  const run = await Run.open(placed.directory);
  return { ...(await summary(placed, run)), record: run.record, previews: await previewsOf(run) };
}

async function summary({ id }: PlacedRun, run: Run): Promise<RunSummary> {
  const [{ modality, model, data, created, state }, modelStep] = await Promise.all([summarizeRun(run), run.modelStep()]);
  return { id, modality, model, data, created, state, ...(modelStep !== undefined && { modelStep }) };
}

async function previewsOf(run: Run): Promise<RunPreview[]> {
  const steps = new Map<number, string[]>();
  for (const name of (await readdir(run.samplesDirectory).catch(() => [])).sort()) {
    const step = /^(\d+)\.(png|wav|txt|html)$/.exec(name)?.[1];
    if (step !== undefined) steps.set(Number(step), [...(steps.get(Number(step)) ?? []), name]);
  }
  return [...steps].sort(([a], [b]) => a - b).map(([step, files]) => ({ step, files }));
}
