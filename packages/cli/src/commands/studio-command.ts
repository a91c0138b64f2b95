import { Command, InvalidArgumentError, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag } from './flags.js';

/** `polygan studio [RUN...]`. */
export function studioCommand(finish: Finish): Command {
  return new Command('studio')
    .description('a page in the browser: watch a training, explore what a model makes, translate between forms')
    .argument('[run...]', 'run folders, folders of runs, or digits-in-three-forms (default: runs, and digits-in-three-forms)')
    .addOption(new Option('--port <n>', 'where the page is found on this machine (default: any that is free)').argParser(port))
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      `${examples('polygan studio', 'polygan studio runs/digits-1', 'polygan studio digits-in-three-forms --port 4321')}

Only this machine reaches the page, and nothing leaves it: models run in the browser. Ctrl-C ends it.`,
    )
    .action(async (runs: string[], { json, ...flags }) => {
      const { studio } = await import('../actions/studio.js');
      finish(await studio(runs, flags, createOutput(json)));
    });
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('It must be a whole number from 1 to 65535.');
  return value;
}
