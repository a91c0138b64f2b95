import { Command } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag, seedFlag } from './flags.js';

/** `polygan doctor`. */
export function doctorCommand(finish: Finish): Command {
  return new Command('doctor')
    .description('which engines work on this machine, how fast each is, and what to do for a faster one')
    .addOption(seedFlag('taken by every command; nothing is random here'))
    .addOption(jsonFlag())
    .addHelpText('after', examples('polygan doctor', 'polygan doctor --json'))
    .action(async ({ json }) => {
      const { doctor } = await import('../actions/doctor.js');
      finish(await doctor(createOutput(json)));
    });
}
