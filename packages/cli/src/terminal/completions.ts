import { script } from '@bomb.sh/tab';
import type { Argument, Command, Option } from 'commander';
import { proposedFor } from '../commands/flags.js';
import { runFolders } from './run-folders.js';

/** What may stand at a place of a command line. */
interface Proposals {
  /** Each with what it is. */
  readonly values: readonly (readonly [value: string, description: string])[];
  /** Whether files may stand there too. */
  readonly files: boolean;
}

/** Prints the script by which a shell asks for completions. */
export function printScript(shell: string): void {
  script(shell, 'polygan', 'polygan');
}

/** How a line that ends an answer tells the shell what to do besides: complete files, or not. */
const WITH_FILES = ':0';
const WITHOUT_FILES = ':4';

/** Answers a shell, in the form that the scripts of {@link printScript} read. @param words the command line so far; the last word is to be completed */
export async function printCompletions(root: Command, words: readonly string[]): Promise<void> {
  const word = words.at(-1) ?? '';
  const { values, files } = await proposals(root, words);
  const fitting = values.filter(([value]) => value.startsWith(word));
  const lines = fitting.map(([value, description]) => `${value}\t${description.split('\n')[0]}`);
  process.stdout.write(`${[...lines, files ? WITH_FILES : WITHOUT_FILES].join('\n')}\n`);
}

async function proposals(root: Command, words: readonly string[]): Promise<Proposals> {
  const word = words.at(-1) ?? '';
  const { command, option, position } = placeOf(root, words.slice(0, -1));
  if (option) return { values: proposedFor(option).map((value) => [value, '']), files: takesFiles(option.flags) };
  if (word.startsWith('-')) return { values: flagsOf(command), files: false };
  const inner = command.createHelp().visibleCommands(command);
  if (inner.length > 0) return { values: inner.map((each) => [each.name(), each.description()]), files: false };
  return valuesOf(command.registeredArguments.at(Math.min(position, command.registeredArguments.length - 1)));
}

/** The command that the words before lead to, the flag that waits for its value, and how many arguments there are already. */
function placeOf(root: Command, before: readonly string[]): { command: Command; option: Option | undefined; position: number } {
  let [command, position] = [root, 0];
  let option: Option | undefined;
  for (const word of before) {
    if (option) {
      option = undefined;
    } else if (word.startsWith('-')) {
      const found = command.options.find(({ long, short }) => word === long || word === short);
      option = found?.required ? found : undefined;
    } else {
      const inner = command.commands.find((each) => each.name() === word);
      if (inner) [command, position] = [inner, 0];
      else position += 1;
    }
  }
  return { command, option, position };
}

function flagsOf(command: Command): [string, string][] {
  const flags = command.createHelp().visibleOptions(command);
  return flags.flatMap(({ long, description }) => (long ? [[long, description] as [string, string]] : []));
}

async function valuesOf(argument: Argument | undefined): Promise<Proposals> {
  if (!argument) return { values: [], files: false };
  if (/^runs?$/.test(argument.name())) {
    const runs = await runFolders('.').catch(() => []);
    return { values: runs.map((run) => [run, 'a run']), files: true };
  }
  return { values: (argument.argChoices ?? []).map((value) => [value, '']), files: !argument.argChoices };
}

/** Whether a flag names what lies on the disk: `--out <folder>`. */
function takesFiles(flags: string): boolean {
  return /<(file|folder|path|source)>/.test(flags);
}
