import { Command, Option } from 'commander';
import { UserError } from '../terminal/failure.js';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, seedFlag, threadsFlag, wholeNumber } from './flags.js';

/** `polygan evaluate RUN`, and `polygan evaluate --fake DIR --real DIR`. */
export function evaluateCommand(finish: Finish): Command {
  return new Command('evaluate')
    .description('score the samples of a run against real ones, with what real samples would get beside')
    .argument('[run]', 'a run folder')
    .option('--real <path>', 'what to compare with (default: the data of the run)')
    .option('--fake <folder>', 'in place of a run: samples that are there already, wherever they come from; needs --real')
    .addOption(
      new Option(
        '--count <n>',
        'how many samples of each side; at most half of the real ones are compared, but a classifier may learn from as many as these',
      )
        .argParser(wholeNumber(10))
        .default(2000),
    )
    .option(
      '--features <name>',
      'what samples are compared by: digits or fashion-mnist (classifiers that come with polygan), classes (a classifier trained now on the classes of the data), random (untrained convolutions), or auto: the first that fits',
      'auto',
    )
    .option('--last-weights', 'of a GAN: samples of the weights as they were trained last, in place of their moving average')
    .addOption(seedFlag('decides the samples, the choice of real ones and what is trained'))
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples(
        'polygan evaluate runs/digits-1',
        'polygan evaluate runs/flowers-1 --count 5000 --features random --json',
        'polygan evaluate --fake samples --real flowers',
      ),
    )
    .action(async (run: string | undefined, { json, fake, ...flags }) => {
      const output = createOutput(json);
      if ((run === undefined) === (fake === undefined))
        throw new UserError('evaluate: name a run, or samples with --fake and --real');
      if (run !== undefined) {
        const { evaluate } = await import('../actions/evaluate.js');
        return finish(await evaluate(run, flags, output));
      }
      if (flags.real === undefined) throw new UserError('--fake: needs --real, what to compare with');
      if (flags.lastWeights) throw new UserError('--last-weights: samples in a folder have no weights; name a run');
      const { evaluateFolders } = await import('../actions/evaluate-folders.js');
      finish(await evaluateFolders({ fake, ...flags }, output));
    });
}
