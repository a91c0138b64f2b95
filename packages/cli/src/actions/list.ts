import { Run, type RunSummary, summarizeRun } from '@polygan/core/node';
import { commandName } from '../terminal/command-name.js';
import { columns, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { runFolders } from '../terminal/run-folders.js';

/** Says which runs there are in a folder, the newest last. */
export async function list(folder: string, output: Output): Promise<number> {
  const summaries: RunSummary[] = [];
  const broken: { directory: string; reason: string }[] = [];
  for (const directory of await runFolders(folder)) {
    await Run.open(directory)
      .then(summarizeRun)
      .then(
        (summary) => summaries.push(summary),
        (error: Error) => broken.push({ directory, reason: error.message }),
      );
  }
  summaries.sort((a, b) => (a.created < b.created ? -1 : 1));
  if (summaries.length === 0)
    output.say(`No runs in ${folder}. To make one: ${commandName()} train image --data digits --minutes 4`);
  else output.say(columns([['run', 'model', 'data', 'state', 'steps', 'minutes', 'score'], ...summaries.map(row)]));
  for (const { reason } of broken) output.warn(reason);
  output.data({ folder, runs: summaries, broken });
  return 0;
}

function row({ directory, model, data, state, step, minutes, scores }: RunSummary): string[] {
  const [first] = scores?.scores ?? [];
  const score = first ? `${first.title} ${figure(first.value)} (${first.better} is better)` : '';
  return [directory, model, data, state, figure(step), figure(Number(minutes.toFixed(1))), score];
}
