import path from 'node:path';
import { CommanderError } from 'commander';

/** Something that the user can put right; the message says how. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** How a command that failed ends. */
export interface Failure {
  /** 0 for help and version, 1 for a mistake of the user's, 2 for a fault of ours. */
  readonly exitCode: number;
  /** What to say on standard error. */
  readonly text: string;
}

/** Errors by which the libraries say that what they were asked is wrong; by name, so that nothing has to be loaded to tell. */
const MISTAKES = ['UserError', 'OptionsError', 'EngineError', 'RunError', 'TrainingError'];

/** What the system refuses because of what it was asked for or the state of the disk. */
const REFUSALS = ['EACCES', 'EEXIST', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'];

/** What some of them are called by people. */
const IN_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this is not allowed to be read or written',
  EPERM: 'this is not allowed to be read or written',
  EROFS: 'nothing can be written there, the file system is read-only; name another folder with --out',
  ENOSPC: 'the disk is full; what was kept before is whole',
  EDQUOT: 'the disk quota is used up; what was kept before is whole',
};

/** Tells the user's mistakes, which get one line, from our faults, which get a trace. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { exitCode: 0, text: '' };
    return { exitCode: 1, text: mistake(misunderstanding(error)) };
  }
  if (!(error instanceof Error)) return { exitCode: 2, text: `polygan failed: ${error}` };
  const { code } = error as NodeJS.ErrnoException;
  const refusal = refusalIn(error);
  if (refusal) return { exitCode: 1, text: mistake(refusal) };
  if (MISTAKES.includes(error.name) || (code && REFUSALS.includes(code)))
    return { exitCode: 1, text: mistake(error.name === 'EngineError' ? withoutFunction(error.message) : error.message) };
  return {
    exitCode: 2,
    text: `polygan failed, and it is not your fault. Please report what follows, with the command:\n${error.stack ?? error}${causes(error)}`,
  };
}

function refusalIn({ code, syscall, path: place }: NodeJS.ErrnoException): string | undefined {
  // Folders are made with all above them, which lacks nothing but the right to write.
  const words = IN_WORDS[code === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : (code ?? '')];
  if (!words || !place) return words;
  // A file that was to be renamed has a name that nobody gave it.
  return `${/^\.unfinished-|\.part$/.test(path.basename(place)) ? path.dirname(place) : place}: ${words}`;
}

/** What an error that comes from opening something the user named says, as the user's mistake; a fault of ours stays one. */
export async function blamingInput<T>(opening: Promise<T>): Promise<T> {
  return opening.catch((error: unknown) => {
    throw error instanceof Error && error.constructor === Error
      ? new UserError(withoutFunction(error.message), { cause: error })
      : error;
  });
}

/** A message without the function that it begins with, which says nothing to who types commands. */
function withoutFunction(message: string): string {
  return message.replace(/^[a-z]\w*: /i, '');
}

/** What commander did not understand, and where to read how it is meant. */
function misunderstanding({ code, message }: CommanderError): string {
  if (code === 'commander.help')
    return 'a command is missing; polygan --help names them, polygan train --help what can be trained';
  const text = message.replace(/^error: /, '');
  return code.startsWith('commander.unknown') && !text.includes('Did you mean') ? `${text}; see --help` : text;
}

function mistake(message: string): string {
  return `polygan: ${message.trim().replace(/\s*\n\s*/g, ' ')}`;
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `\nCaused by: ${error.cause.stack}${causes(error.cause)}` : '';
}
