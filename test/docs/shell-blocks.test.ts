import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { program } from '../../packages/cli/src/program.js';
import { ROOT } from './pages.js';
import { namedCommands, type ShellCommand, shellCommands, wordsOf } from './shell-commands.js';

type Command = ReturnType<typeof program>;
type Manifest = { name: string; scripts?: Record<string, string> };

const manifestOf = (folder: string) => JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;
const packages = ['bench', 'examples', 'test', ...readdirSync(path.join(ROOT, 'packages')).map((name) => `packages/${name}`)]
  .filter((folder) => existsSync(path.join(ROOT, folder, 'package.json')))
  .map(manifestOf);
const root = manifestOf('.');

/** What is wrong with the words after `polygan`, a line each; nothing where they are understood. */
function misunderstood(words: readonly string[], command: Command = program(() => {})): string[] {
  const [first, ...rest] = words;
  const inner = command.commands.find((each) => each.name() === first || (first !== undefined && each.aliases().includes(first)));
  if (inner) return misunderstood(rest, inner as Command);
  if (command.commands.length > 0 && first !== undefined && !first.startsWith('-')) return [`there is no command '${first}'`];
  const wrong: string[] = [];
  const given: string[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!word.startsWith('--')) {
      given.push(word);
      continue;
    }
    const option = command.options.find(({ long }) => long === word);
    if (!option) {
      if (!['--help', '--version'].includes(word)) wrong.push(`there is no flag ${word}`);
      continue;
    }
    seen.add(word);
    if (!option.required && !option.optional) continue;
    const value = words[++i];
    if (value === undefined) wrong.push(`${word} lacks its value`);
    else if (option.argChoices && !option.argChoices.includes(value)) wrong.push(`${word} has no choice '${value}'`);
  }
  const missing = command.options.filter(({ mandatory, long }) => mandatory && !seen.has(long!));
  wrong.push(...missing.map(({ long }) => `${long} is missing`));
  const { length } = command.registeredArguments.filter(({ required }) => required);
  if (given.length < length) wrong.push(`expected ${length} arguments, got ${given.length}`);
  const isVariadic = command.registeredArguments.some(({ variadic }) => variadic);
  if (given.length > command.registeredArguments.length && !isVariadic) wrong.push(`too many arguments: ${given.join(' ')}`);
  return wrong;
}

/** What is wrong with a command of any kind. */
function complaints({ words }: ShellCommand): string[] {
  const [name, ...rest] = words;
  if (name === 'polygan') return misunderstood(rest);
  if (name === 'npx' && rest[0] === 'polygan') return misunderstood(rest.slice(1));
  if (name === 'npm' && rest[0] === 'run') return root.scripts?.[rest[1]!] ? [] : [`there is no script '${rest[1]}'`];
  if (name === 'npm' && rest[0] === 'test') return [];
  if (name === 'pnpm' && rest[0] === '--filter') {
    const found = packages.find((each) => each.name === rest[1]);
    if (!found) return [`there is no package '${rest[1]}'`];
    const script = rest[2] === 'run' ? rest[3]! : rest[2]!;
    return found.scripts?.[script] || ['exec', 'test'].includes(script) ? [] : [`${found.name} has no script '${script}'`];
  }
  if (name === 'pnpm' && rest.length > 0) return root.scripts?.[rest[0]!] ? [] : [`there is no script '${rest[0]}'`];
  if (name === 'npm' && rest[0] === 'install') {
    const ours = rest.filter((each) => each.startsWith('@polygan/') || each === 'polygan');
    return ours.filter((each) => !packages.some((known) => known.name === each)).map((each) => `there is no package '${each}'`);
  }
  return [];
}

describe('commands of the docs', () => {
  const commands = shellCommands();

  test('there are many', () => {
    expect(commands.filter(({ words }) => words[0] === 'polygan').length).toBeGreaterThan(30);
  });

  test.each(commands.map((command) => [command.place, command.words.join(' '), command] as const))('%s: %s', (_, __, command) => {
    expect(complaints(command)).toEqual([]);
  });
});

describe('commands that sentences name', () => {
  // What is missing is left to the reader.
  const isMissing = (complaint: string) => /is missing$|arguments, got/.test(complaint);

  test.each(namedCommands().map((command) => [command.place, command.words.join(' '), command] as const))(
    '%s: %s',
    (_, __, command) => {
      expect(complaints(command).filter((complaint) => !isMissing(complaint))).toEqual([]);
    },
  );
});

test.each([
  ['polygan train image --data x --sise', 'there is no flag --sise'],
  ['polygan trian image', "there is no command 'trian'"],
  ['polygan export run', '--out is missing'],
  ['polygan export run --out x --bits 7', "--bits has no choice '7'"],
  ['polygan resume', 'expected 1 arguments, got 0'],
  ['npm run nothing', "there is no script 'nothing'"],
  ['pnpm --filter @polygan/core nothing', "@polygan/core has no script 'nothing'"],
  ['npm install @polygan/images', "there is no package '@polygan/images'"],
])('mistakes are seen: %s', (line, complaint) => {
  expect(complaints({ place: '', words: wordsOf(line) })).toEqual([complaint]);
});
