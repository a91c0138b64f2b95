import { OptionsError, TrainingError } from '@polygan/core';
import { EngineError, RunError } from '@polygan/core/node';
import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { blamingInput, failureOf, UserError } from './failure.js';

describe('failureOf', () => {
  test.each([
    new UserError('wrong'),
    new OptionsError({ where: 'dcgan', path: 'size' }, 'wrong'),
    new EngineError('wrong'),
    new RunError('wrong'),
    new TrainingError('wrong'),
    Object.assign(new Error('wrong'), { code: 'EISDIR' }),
  ])('a mistake is one line: %s', (error) => {
    const { exitCode, text } = failureOf(error);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^polygan: .*wrong$/);
  });

  test('what a disk refuses is told in words', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(failureOf(full)).toEqual({ exitCode: 1, text: 'polygan: the disk is full; what was kept before is whole' });
    const readOnly = { code: 'ENOENT', syscall: 'mkdir', path: '/ro/x' };
    expect(failureOf(Object.assign(new Error('ENOENT'), readOnly)).text).toMatch(
      /^polygan: \/ro\/x: nothing can be written there/,
    );
    const unfinished = { code: 'EROFS', path: '/ro/.unfinished-1' };
    expect(failureOf(Object.assign(new Error('EROFS'), unfinished)).text).toMatch(/^polygan: \/ro: nothing can be written there/);
    const closed = Object.assign(new Error("EACCES: permission denied, mkdir '/x'"), { code: 'EACCES', path: '/x' });
    expect(failureOf(closed).text).toBe('polygan: /x: this is not allowed to be read or written');
  });

  test('what commander refuses is one line too', () => {
    const error = new CommanderError(1, 'commander.unknownOption', "error: unknown option '--stpes'\n(Did you mean --steps?)");
    expect(failureOf(error)).toEqual({ exitCode: 1, text: "polygan: unknown option '--stpes' (Did you mean --steps?)" });
  });

  test('help is no failure', () => {
    expect(failureOf(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'))).toEqual({ exitCode: 0, text: '' });
  });

  test('a fault of ours has a trace, with its causes', () => {
    const { exitCode, text } = failureOf(new TypeError('x is undefined', { cause: new Error('deeper') }));
    expect(exitCode).toBe(2);
    expect(text).toMatch(/TypeError: x is undefined\n\s+at .*Caused by: Error: deeper/s);
  });
});

test('blamingInput takes plain errors for the mistake of who named the input', async () => {
  await expect(blamingInput(Promise.reject(new Error('openPictures: nothing at x')))).rejects.toThrow(
    new UserError('nothing at x'),
  );
  await expect(blamingInput(Promise.reject(new TypeError('ours')))).rejects.toThrow(TypeError);
});
