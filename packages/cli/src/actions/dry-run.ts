import { type LoopOptions, Training } from '@polygan/core';
import { columns, duration, figure } from '../terminal/format.js';
import { onInterruption } from '../terminal/interruption.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { type PreparedTraining, prepareTraining, type TrainFlags } from './prepare-training.js';
import { tellRisks } from './tell-risks.js';

/** Steps between two looks at the clock: each look reads figures back, which a training does every 20 steps. */
const STRIDE = 2;
/** The first steps compile. In steps. */
const WARM_UP = 2 * STRIDE;
/** Timed are as many steps as there is time for, and these at least. */
const LEAST = 2 * STRIDE;
const SECONDS = 8;

/** What a few steps have shown. */
interface Trial {
  readonly steps: number;
  readonly secondsPerStep: number;
  /** Of the whole training, where steps limit it. */
  readonly seconds?: number;
  /** Of a training that time limits: how far it comes. */
  readonly expectedSteps?: number;
  /** Of the process, at most, in bytes. */
  readonly memory: number;
}

/** Says what a training would be, and how long it would take, and writes nothing. */
export async function dryRun(kind: string, flags: TrainFlags, output: Output): Promise<number> {
  const interruption = onInterruption(() => output.warn('Stopping after this step; press Ctrl-C again to end at once.'));
  try {
    const prepared = await prepareTraining(kind, flags, output, interruption.signal);
    const { model, title, modality, settings } = prepared;
    const networks = Object.fromEntries(Object.entries(model.networks).map(([name, network]) => [name, network.countParams()]));
    output.say(`${title}. This is a try: nothing is kept.`);
    output.say(columns(Object.entries(networks).map(([name, weights]) => [`  ${name}`, figure(weights), 'weights'])));
    const notes = await tellRisks(prepared, output);
    const trial = await tryOut(prepared, output);
    tellTrial(trial, `${modality.noun}s`, Number(prepared.options.batchSize ?? 64), output);
    output.data({
      event: 'dry-run',
      model: { kind: model.kind, options: model.options },
      training: settings.training,
      engine: prepared.engine,
      data: { source: prepared.source, size: prepared.data.dataset.size },
      networks,
      notes,
      ...trial,
    });
    model.dispose();
    return 0;
  } finally {
    interruption.dispose();
  }
}

async function tryOut({ model, dataset, options }: PreparedTraining, output: Output): Promise<Trial> {
  const training = new Training(model, dataset, { ...options, reportEvery: STRIDE } as LoopOptions & object);
  const progress = showProgress(output);
  try {
    let report = await training.advance();
    while (report.step < WARM_UP && !report.stopped) report = await training.advance();
    const first = report.step;
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    while (!report.stopped && (report.step < first + LEAST || elapsed() < SECONDS)) {
      report = await training.advance();
      progress.update(Math.min(1, elapsed() / SECONDS), `timing step ${figure(report.step)}`);
    }
    // A training of a handful of steps is over before it is warm.
    const steps = report.step - first;
    const secondsPerStep = steps > 0 ? elapsed() / steps : report.seconds / report.step;
    const { minutes } = options;
    const bySteps = report.stopped === 'steps' ? report.step * secondsPerStep : report.secondsLeft + report.step * secondsPerStep;
    return {
      steps,
      secondsPerStep,
      memory: process.resourceUsage().maxRSS * 1024,
      ...(minutes === undefined
        ? Number.isFinite(bySteps) && { seconds: bySteps }
        : { expectedSteps: Math.round((minutes * 60) / secondsPerStep) }),
    };
  } finally {
    progress.end();
    await training.dispose();
  }
}

function tellTrial(
  { steps, secondsPerStep, seconds, expectedSteps, memory }: Trial,
  nouns: string,
  batch: number,
  output: Output,
) {
  const time =
    seconds !== undefined
      ? `about ${duration(seconds)} in all`
      : expectedSteps !== undefined
        ? `about ${figure(expectedSteps)} steps in the time that was asked for`
        : 'unknown: only a metric ends it';
  output.say(
    columns([
      ['  speed', `${figure(1 / secondsPerStep)} steps/s, ${figure(batch / secondsPerStep)} ${nouns}/s`],
      ['  time', time],
      ['  memory', `${figure(Math.round(memory / 2 ** 20))} MiB of this process at most`],
    ]),
  );
  output.say(`Measured over ${figure(steps)} steps after ${WARM_UP} to warm up; previews and checkpoints come on top.`);
}
