import { Command } from 'commander';
import { version } from '../package.json';
import type { Finish } from './commands/command-context.js';
import { compareCommand } from './commands/compare-command.js';
import { completeCommand, completionCommand } from './commands/completion-command.js';
import { dataCommand } from './commands/data-command.js';
import { doctorCommand } from './commands/doctor-command.js';
import { evaluateCommand } from './commands/evaluate-command.js';
import { exportCommand } from './commands/export-command.js';
import { examples } from './commands/flags.js';
import { initCommand } from './commands/init-command.js';
import { interpolateCommand } from './commands/interpolate-command.js';
import { listCommand } from './commands/list-command.js';
import { oracleCommand } from './commands/oracle-command.js';
import { resumeCommand } from './commands/resume-command.js';
import { sampleCommand } from './commands/sample-command.js';
import { studioCommand } from './commands/studio-command.js';
import { trainCommand } from './commands/train-command.js';
import { translateCommand } from './commands/translate-command.js';

/** The command line. Each command loads what it works with only when it runs, so that help comes at once. */
export function program(finish: Finish): Command {
  const root = new Command('polygan')
    .description('Train generative adversarial networks on your own data, and make new samples with them.')
    .version(version)
    .addHelpText(
      'after',
      examples(
        'polygan train image --data digits --minutes 4',
        'polygan sample runs/digits-1 --count 16',
        'polygan train multimodal --data digits --minutes 30',
        'polygan train image --help',
      ),
    );
  const commands = [
    initCommand,
    dataCommand,
    trainCommand,
    resumeCommand,
    sampleCommand,
    translateCommand,
    interpolateCommand,
    evaluateCommand,
    listCommand,
    compareCommand,
    exportCommand,
    studioCommand,
    oracleCommand,
    doctorCommand,
    completionCommand,
  ];
  for (const command of commands) root.addCommand(command(finish));
  root.addCommand(completeCommand(finish), { hidden: true });
  quietly(root);
  return root;
}

/** Errors are thrown instead of printed: {@link main} prints them in one way. Help that was not asked for is an error. */
function quietly(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .configureHelp({ helpWidth: 110 });
  for (const inner of command.commands) quietly(inner);
}
