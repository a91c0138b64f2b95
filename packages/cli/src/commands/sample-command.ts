import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, seedFlag, threadsFlag, truncationFlag, wholeNumber } from './flags.js';

/** `polygan sample RUN`. */
export function sampleCommand(finish: Finish): Command {
  return new Command('sample')
    .description('make new samples with the generator of a run: 000000.png, 000001.png, …, or one samples.npy')
    .argument('<run>', 'a run folder')
    .addOption(new Option('--count <n>', 'how many').argParser(wholeNumber(1)).default(16))
    .addOption(seedFlag('decides the samples: the same seed, the same samples'))
    .option('--out <folder>', 'where to write them', 'samples')
    .addOption(truncationFlag())
    .addOption(
      new Option('--format <format>', 'png: a file each; npy: one NumPy array of bytes [n, height, width, channels]')
        .choices(['png', 'npy'])
        .default('png'),
    )
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples(
        'polygan sample runs/digits-1 --count 100 --seed 7 --out samples',
        'polygan sample runs/digits-1 --count 10000 --format npy --out for-numpy',
      ),
    )
    .action(async (run: string, { json, ...flags }) => {
      const { sample } = await import('../actions/sample.js');
      finish(await sample(run, flags, createOutput(json)));
    });
}
