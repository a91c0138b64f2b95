import { modalityNamed } from '../modalities/modalities.js';
import { commandName } from '../terminal/command-name.js';
import { chooseEngine } from '../terminal/engine-choice.js';
import { blamingInput } from '../terminal/failure.js';
import { columns, counted, figure, shellWord } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';

/** As many classes and broken files are named one by one. */
const NAMED = 12;

/** Says what lies at a path, what of it cannot be used, and how to train on it. */
export async function data(source: string, { kind, seed }: { kind: string; seed: number }, output: Output): Promise<number> {
  const modality = modalityNamed(kind);
  // Nothing is computed that would need a fast one.
  await chooseEngine({ engine: 'cpu' });
  const progress = showProgress(output);
  const survey = await blamingInput(
    modality.survey(source, (share, text) => progress.update(share, text)).finally(() => progress.end()),
  );
  const { count, facts, classes, skipped, proposal, remarks } = survey;
  const flags = Object.entries(proposal).map(([name, value]) => `--${name} ${value}`);
  const seeded = seed ? [`--seed ${seed}`] : [];
  const command = [`${commandName()} train ${modality.kind} --data ${shellWord(source)}`, ...flags, ...seeded].join(' ');

  output.say(`${source}: ${counted(count, modality.noun)}`);
  output.say(columns(Object.entries(facts).map(([name, text]) => [`  ${name}`, text])));
  const names = Object.entries(classes);
  if (names.length > 0) {
    output.say(`  ${counted(names.length, 'class')}:`);
    output.say(columns(names.slice(0, NAMED).map(([name, size]) => [`    ${name}`, figure(size)])));
    if (names.length > NAMED) output.say(`    … and ${names.length - NAMED} more`);
  }
  if (skipped.length > 0) {
    output.say(`  left out (${figure(skipped.length)}):`);
    for (const { name, reason } of skipped.slice(0, NAMED)) output.say(`    ${name}: ${reason}`);
    if (skipped.length > NAMED) output.say(`    … and ${skipped.length - NAMED} more`);
  }
  for (const remark of remarks) output.say(`  ${remark}`);
  output.say(`To train on it:\n  ${command}`);
  output.data({ source, ...survey, command });
  return 0;
}
