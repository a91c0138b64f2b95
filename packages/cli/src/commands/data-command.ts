import { Command } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag, seedFlag } from './flags.js';

/** `polygan data PATH`. */
export function dataCommand(finish: Finish): Command {
  return new Command('data')
    .description('look at data before training: how many, sizes, classes, broken files, and the command that trains on them')
    .argument('<path>', 'a folder of pictures, IDX files or CIFAR-10')
    .addOption(seedFlag('goes into the command that is proposed'))
    .addOption(jsonFlag())
    .addHelpText('after', examples('polygan data ./flowers', 'polygan data ./flowers --json'))
    .action(async (source: string, { json, seed }) => {
      const { data } = await import('../actions/data.js');
      finish(await data(source, { kind: 'image', seed }, createOutput(json)));
    });
}
