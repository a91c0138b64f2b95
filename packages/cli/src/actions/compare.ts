import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { differingOptions, type Run, type RunSummary, summarizeRun, writeComparison } from '@polygan/core/node';
import { columns, duration, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { openRun } from './open-run.js';

/** The flags of `polygan compare`. */
export interface CompareFlags {
  /** The page. */
  readonly out: string;
}

/** Longer values, such as vocabularies, are cut. */
const LONGEST = 40;

/** Shows runs side by side: as a table, and with curves and samples on a page. */
export async function compare(directories: readonly string[], { out }: CompareFlags, output: Output): Promise<number> {
  const runs: Run[] = [];
  // One after another, so that of several mistakes the first is told.
  for (const directory of directories) runs.push(await openRun(directory));
  const summaries = await Promise.all(runs.map(summarizeRun));
  const differences = differingOptions(runs.map(({ record }) => record));
  await mkdir(path.dirname(path.resolve(out)), { recursive: true });
  await writeComparison(runs, out);
  output.say(
    columns([
      ['', ...directories],
      ...facts(summaries),
      ...scores(summaries),
      ...lastFigures(summaries),
      ...differences.map(({ name, values }) => [name, ...values.map(briefly)]),
    ]),
  );
  output.say(`Curves and samples side by side: ${out}`);
  output.data({ runs: summaries, differences, page: out });
  return 0;
}

function facts(runs: readonly RunSummary[]): string[][] {
  return [
    ['model', ...runs.map(({ model }) => model)],
    ['data', ...runs.map(({ data }) => data)],
    ['state', ...runs.map(({ state }) => state)],
    ['steps', ...runs.map(({ step }) => figure(step))],
    ['time', ...runs.map(({ minutes }) => duration(minutes * 60))],
    ['samples a second', ...runs.map(({ samplesPerSecond }) => figure(samplesPerSecond))],
  ];
}

/** A row for each score that any of the runs has; in brackets what real samples get. */
function scores(runs: readonly RunSummary[]): string[][] {
  const metrics = [...new Map(runs.flatMap(({ scores }) => scores?.scores ?? []).map((score) => [score.metric, score])).values()];
  return metrics.map(({ metric, title, better }) => [
    `${title}, ${better} is better`,
    ...runs.map(({ scores }) => {
      const score = scores?.scores.find((each) => each.metric === metric);
      if (!score) return '–';
      return score.realValue === undefined ? figure(score.value) : `${figure(score.value)} (${figure(score.realValue)})`;
    }),
  ]);
}

/** What all of them reported last. */
function lastFigures(runs: readonly RunSummary[]): string[][] {
  const [first, ...others] = runs;
  const shared = Object.keys(first!.metrics).filter((name) => others.every(({ metrics }) => name in metrics));
  return shared.map((name) => [name, ...runs.map(({ metrics }) => figure(metrics[name]!))]);
}

function briefly(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
