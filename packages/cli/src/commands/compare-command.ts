import { Command } from 'commander';
import { UserError } from '../terminal/failure.js';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag } from './flags.js';

/** `polygan compare RUN RUN…`. */
export function compareCommand(finish: Finish): Command {
  return new Command('compare')
    .description('runs side by side: scores, last figures and the options that differ; on a page also curves and samples')
    .argument('<runs...>', 'two run folders or more')
    .option('--out <file>', 'where to write the page', 'comparison.html')
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples('polygan compare runs/digits-1 runs/digits-2', 'polygan compare runs/digits-* --out digits.html --json'),
    )
    .action(async (runs: readonly string[], { json, ...flags }) => {
      if (runs.length < 2) throw new UserError(`compare: name two runs or more, got ${runs[0]} alone; 'polygan list' finds them`);
      const { compare } = await import('../actions/compare.js');
      finish(await compare(runs, flags, createOutput(json)));
    });
}
