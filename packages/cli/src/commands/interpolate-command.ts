import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, seedFlag, threadsFlag, truncationFlag, wholeNumber } from './flags.js';

/** `polygan interpolate RUN`. */
export function interpolateCommand(finish: Finish): Command {
  return new Command('interpolate')
    .description('walk through the latent space from one sample to another: a row of in-between samples for each way')
    .argument('<run>', 'a run folder')
    .addOption(new Option('--count <n>', 'how many ways (rows)').argParser(wholeNumber(1)).default(8))
    .addOption(new Option('--steps <n>', 'samples on each way, both ends among them').argParser(wholeNumber(2)).default(10))
    .addOption(seedFlag('decides the ends of the ways'))
    .option('--out <folder>', 'where to write interpolation.png, and each sample on its own', 'interpolations')
    .addOption(
      new Option('--along <way>', 'line, sphere, or auto: the one that stays where samples lie')
        .choices(['auto', 'line', 'sphere'])
        .default('auto'),
    )
    .addOption(truncationFlag())
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(jsonFlag())
    .addHelpText('after', examples('polygan interpolate runs/digits-1 --count 6 --steps 12 --out ways'))
    .action(async (run: string, { json, ...flags }) => {
      const { interpolate } = await import('../actions/interpolate.js');
      finish(await interpolate(run, flags, createOutput(json)));
    });
}
