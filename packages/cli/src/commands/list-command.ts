import { Command } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag } from './flags.js';

/** `polygan list [FOLDER]`. */
export function listCommand(finish: Finish): Command {
  return new Command('list')
    .description('which runs there are: model, data, state, steps, minutes, and the first of the scores that evaluate kept')
    .argument('[folder]', 'where to look, with the folders below it', '.')
    .addOption(jsonFlag())
    .addHelpText('after', examples('polygan list', 'polygan list runs --json'))
    .action(async (folder: string, { json }) => {
      const { list } = await import('../actions/list.js');
      finish(await list(folder, createOutput(json)));
    });
}
