import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, setFlag, threadsFlag, wholeNumber } from './flags.js';

/** `polygan resume RUN`. */
export function resumeCommand(finish: Finish): Command {
  return new Command('resume')
    .description('go on with a training from its last checkpoint, exactly as if it had never stopped')
    .argument('<run>', 'a run folder')
    .option('--steps <n>', 'train until so many steps are done in all, or +n steps more (default: the limit of the run)')
    .option('--minutes <m>', 'train until so many minutes are over in all, or +m minutes more')
    .addOption(engineFlag('the one that the run began with'))
    .addOption(threadsFlag())
    .addOption(new Option('--seed <n>', 'must be that of the run (default: that)').argParser(wholeNumber(0)))
    .addOption(
      setFlag('another setting of training or recording from here on, such as training.generatorOptimizer.learningRate=1e-4'),
    )
    .addOption(jsonFlag())
    .addHelpText('after', examples('polygan resume runs/digits-1', 'polygan resume runs/digits-1 --steps +1000'))
    .action(async (run: string, { json, ...flags }) => {
      const { resume } = await import('../actions/resume.js');
      finish(await resume(run, flags, createOutput(json)));
    });
}
