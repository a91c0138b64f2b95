import { InvalidArgumentError, Option } from 'commander';
import { ENGINE_NAMES } from '../terminal/engine-names.js';

/** What may follow a flag beside files, for shells to complete; what is checked at once has commander's `choices` instead. */
const KNOWN = new WeakMap<object, readonly string[]>();

/** The same flag, with values that shells propose. */
export function proposing(option: Option, values: readonly string[]): Option {
  KNOWN.set(option, values);
  return option;
}

/** The values to propose for a flag. */
export function proposedFor(option: Option): readonly string[] {
  return option.argChoices ?? KNOWN.get(option) ?? [];
}

/** Parses a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number from ${least} up.`);
    return value;
  };
}

/** Parses a number above 0, or from 0 up to 1. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** Parses a number from 0 to 1. */
function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

/** Gathers a flag that may come several times. */
function repeated(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, text];
}

/** Each command makes its own: commander keeps values in them. */
export const jsonFlag = () => new Option('--json', 'print JSON and nothing else on standard output');
export const seedFlag = (decides: string) => new Option('--seed <n>', decides).argParser(wholeNumber(0)).default(0);
export const engineFlag = (fallback: string) =>
  proposing(
    new Option('--engine <name>', `${ENGINE_NAMES.slice(0, -1).join(', ')} or ${ENGINE_NAMES.at(-1)} (default: ${fallback})`),
    ENGINE_NAMES,
  );
export const threadsFlag = () =>
  new Option('--threads <n>', 'threads that one operation may use (default: as many as there are cores)').argParser(
    wholeNumber(1),
  );
export const setFlag = (what: string) => new Option('--set <key=value>', what).argParser(repeated);
/** For models with a latent space. */
export const truncationFlag = () =>
  new Option('--truncation <t>', 'how far from the middle to go, 0 to 1: lower is more typical and less varied')
    .argParser(share)
    .default(1);

/** The end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
