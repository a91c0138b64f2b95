import { program } from './program.js';
import { failureOf } from './terminal/failure.js';

/**
 * Runs one command line.
 *
 * @returns the exit code: 0, 1 for a mistake of the user's (one line says which), 2 for a fault of ours (with a trace), 130 after Ctrl-C
 */
export async function main(words: readonly string[]): Promise<number> {
  // `polygan … | head` closes the pipe: nobody reads on, and that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  let exitCode = 0;
  try {
    await program((code) => {
      exitCode = code;
    }).parseAsync(words.length > 0 ? words : ['--help'], { from: 'user' });
    return exitCode;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.text) process.stderr.write(`${failure.text}\n`);
    return failure.exitCode;
  }
}
