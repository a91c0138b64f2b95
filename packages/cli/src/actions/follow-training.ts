import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { TrainReport } from '@polygan/core';
import { Run, writeReport } from '@polygan/core/node';
import { isJoint } from '@polygan/models';
import { hasWays } from '../modalities/latent-ways.js';
import type { AnyBatch, AnyModel, AnySamples } from '../modalities/modality-commands.js';
import { EventFile } from '../tensorboard/event-file.js';
import { commandName } from '../terminal/command-name.js';
import { counted, duration, figure, shellWord } from '../terminal/format.js';
import { INTERRUPTED, type Interruption } from '../terminal/interruption.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';

/** What {@link followTraining} needs to know of the training that it follows. */
export interface FollowedTraining {
  readonly directory: string;
  readonly noun: string;
  readonly model: AnyModel<AnySamples, AnyBatch>;
  readonly output: Output;
  readonly interruption: Interruption;
  /** Whether to write what TensorBoard reads. */
  readonly tensorBoard: boolean;
}

/**
 * Shows a training until it ends, by itself, by Ctrl-C or because the studio asked it to, and says what can be done next.
 *
 * @returns the exit code
 */
export async function followTraining(reports: AsyncGenerator<TrainReport>, followed: FollowedTraining): Promise<number> {
  const { directory, noun, output, interruption, tensorBoard } = followed;
  const events = tensorBoard ? new EventFile(directory) : undefined;
  const progress = showProgress(output);
  const told = new Set<string>();
  let last: TrainReport | undefined;
  progress.update(0, 'the first steps');
  try {
    for await (const report of reports) {
      last = report;
      output.data({ event: 'report', ...report });
      await events?.append(report);
      progress.update(report.progress, progressText(report, noun));
      for (const { cause, message } of report.warnings) {
        if (told.has(cause)) continue;
        told.add(cause);
        progress.pause();
        output.say(`Warning at step ${figure(report.step)}: ${message}`);
      }
    }
  } catch (error) {
    progress.end();
    if (!interruption.signal.aborted || (error as Error).name !== 'AbortError') throw error;
    await tellInterrupted(followed);
    return INTERRUPTED;
  }
  progress.end();
  // Asked to stop from outside, which is no failure.
  if (!last!.stopped) await tellInterrupted(followed);
  else await tellFinished(followed, last!);
  return 0;
}

/** What the training works at, by the beginnings of the metrics' names; where a kind has too many of them to be shown, the next tells more. */
const GOALS = [['loss', 'nll'], ['accuracy']];
const MOST_SHOWN = 4;

function progressText({ step, stage, metrics, samplesPerSecond, secondsLeft }: TrainReport, noun: string): string {
  const shown = (goal: string) => {
    const parts = Object.entries(metrics).flatMap(([name, value]) =>
      name.startsWith(`${goal}/`) ? [`${name.slice(goal.length + 1)} ${figure(value)}`] : [],
    );
    return parts.length > 0 && parts.length <= MOST_SHOWN ? [`${goal}: ${parts.join(', ')}`] : [];
  };
  const goals = GOALS.map((some) => some.flatMap(shown)).find((some) => some.length > 0) ?? [];
  // The last stage of a training by minutes has no end of its own.
  const share = stage && Number.isFinite(stage.secondsLeft) ? ` ${Math.round(100 * stage.progress)} %` : '';
  const doing = stage ? [`${stage.name}${share}`] : [];
  const left = Number.isFinite(secondsLeft) && secondsLeft > 0 ? [`${duration(secondsLeft)} left`] : [];
  return [...doing, `step ${figure(step)}`, ...goals, `${figure(samplesPerSecond)} ${noun}s/s`, ...left].join(' · ');
}

async function tellInterrupted({ directory, output }: FollowedTraining): Promise<void> {
  const run = await Run.open(directory);
  await writeReport(run);
  const step = (await run.checkpoints.steps()).at(-1) ?? 0;
  const resume = `${commandName()} resume ${shellWord(directory)}`;
  output.say(`Stopped and saved at step ${figure(step)}. Go on with:\n  ${resume}`);
  output.data({ event: 'interrupted', run: directory, step, resume });
}

async function tellFinished(
  { directory, noun, model, output }: FollowedTraining,
  { step, samplesSeen, seconds, stopped }: TrainReport,
): Promise<void> {
  const samples = path.join(directory, 'samples');
  const preview = (await readdir(samples)).sort().at(-1);
  const report = path.join(directory, 'report.html');
  const kept = path.join(directory, 'model', 'model.json');
  await access(kept);
  const best = await (await Run.open(directory)).checkpoints.best();
  const [command, folder] = [commandName(), shellWord(directory)];
  const next = [
    `${command} sample ${folder} --count 16 --out samples`,
    ...(isJoint(model) ? [`${command} translate ${folder} --out translations`] : []),
    ...(hasWays(model) ? [`${command} interpolate ${folder} --out interpolations`] : []),
    `${command} evaluate ${folder}`,
    `${command} resume ${folder} --steps +1000`,
  ];
  output.say(`Done: ${counted(step, 'step')}, ${counted(samplesSeen, noun)} seen, in ${duration(seconds)}.`);
  output.say(
    `  ${`${noun}s`.padEnd(10)}${preview ? path.join(samples, preview) : samples}\n  report    ${report}\n  model     ${kept}${best ? ` (of step ${figure(best.step)}, the best by ${best.metric})` : ''}`,
  );
  output.say(`What you can do now:\n${next.map((line) => `  ${line}`).join('\n')}`);
  output.data({ event: 'end', run: directory, step, samplesSeen, seconds, stopped, samples, report, model: kept, next });
}
