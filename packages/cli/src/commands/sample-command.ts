import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, positiveNumber, seedFlag, threadsFlag, truncationFlag, wholeNumber } from './flags.js';

/** The flags that are handed to the model as they are. */
const SAMPLING = ['cluster', 'truncation', 'temperature', 'topK', 'topP', 'prefix'];

/** `polygan sample RUN`. */
export function sampleCommand(finish: Finish): Command {
  return new Command('sample')
    .description('make new samples with the model of a run: a file each, numbered, or one samples.npy')
    .argument('<run>', 'a run folder')
    .addOption(
      new Option('--count <n>', 'how many (default: 16, or as many as there are pictures in --from)').argParser(wholeNumber(1)),
    )
    .addOption(seedFlag('decides the samples: the same seed, the same samples'))
    .option('--out <folder>', 'where to write them', 'samples')
    .option('--class <name>', 'of a model with classes: the class of all samples (default: the classes take turns)')
    .option(
      '--attributes <values>',
      "of a model that is told attributes: what all samples are to have, 'age=31,smiling=1' (default: as the data have it)",
    )
    .option(
      '--from <path>',
      'of a model that makes pictures from others: a picture, or a folder of some (default: those of the data)',
    )
    .addOption(
      new Option(
        '--cluster <n>',
        'of a model of sounds that is told clusters: the cluster of all samples (default: drawn, by the share of each)',
      ).argParser(wholeNumber(0)),
    )
    .addOption(truncationFlag())
    .addOption(
      new Option('--temperature <t>', 'of text: below 1 for likelier, above 1 for more varied samples (default: 1)').argParser(
        positiveNumber,
      ),
    )
    .addOption(new Option('--top-k <n>', 'of text: draw among the n likeliest tokens only').argParser(wholeNumber(1)))
    .addOption(
      new Option('--top-p <share>', 'of text: draw among the likeliest tokens that have this share').argParser(positiveNumber),
    )
    .option('--prefix <text>', 'of text: how every sample begins')
    .addOption(
      new Option('--format <format>', 'files: a file each; npy: all in one NumPy array, as the samples are, [n, …]')
        .choices(['files', 'npy'])
        .default('files'),
    )
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples(
        'polygan sample runs/digits-1 --count 100 --seed 7 --out samples',
        'polygan sample runs/digits-1 --class 7',
        'polygan sample runs/portraits-1 --attributes smiling=1',
        'polygan sample runs/photos-1 --from old-photos --out coloured',
        'polygan sample runs/digits-1 --count 10000 --format npy --out for-numpy',
        'polygan sample runs/captions-1 --count 100 --temperature 0.7 --prefix "a man"',
      ),
    )
    .action(async (run: string, { json, seed, attributes, from, ...flags }, command: Command) => {
      const { sample } = await import('../actions/sample.js');
      // Only what was said: models differ in what they understand.
      const said = SAMPLING.filter((name) => command.getOptionValueSource(name) === 'cli');
      const sampling = { seed, ...Object.fromEntries(said.map((name) => [name, flags[name]])) };
      const conditions = { ...(attributes !== undefined && { attributes }), ...(from !== undefined && { from }) };
      finish(await sample(run, { ...flags, conditions, sampling }, createOutput(json)));
    });
}
