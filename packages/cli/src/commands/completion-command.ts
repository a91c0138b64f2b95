import { Argument, Command } from 'commander';
import type { Finish } from './command-context.js';
import { examples } from './flags.js';

/** `polygan completion SHELL`: prints the script by which a shell asks {@link completeCommand}. */
export function completionCommand(finish: Finish): Command {
  return new Command('completion')
    .description('print a script that lets a shell complete commands, flags, runs and data sets')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText(
      'after',
      `${examples(
        "echo 'source <(polygan completion bash)' >> ~/.bashrc",
        "echo 'source <(polygan completion zsh)' >> ~/.zshrc",
        'polygan completion fish > ~/.config/fish/completions/polygan.fish',
      )}

Where polygan is not on the PATH but called with npx, a shell can complete it after: alias polygan='npx polygan'`,
    )
    .action(async (shell: string) => {
      const { printScript } = await import('../terminal/completions.js');
      printScript(shell);
      finish(0);
    });
}

/** What the scripts of {@link completionCommand} call; not for people. */
export function completeCommand(finish: Finish): Command {
  return new Command('complete')
    .description('used by shells')
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (words: readonly string[], _, command: Command) => {
      const { printCompletions } = await import('../terminal/completions.js');
      await printCompletions(command.parent!, words);
      finish(0);
    });
}
