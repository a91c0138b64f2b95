import { UserError } from '../terminal/failure.js';

/**
 * A limit as `resume` takes it: `5000` in all, or `+1000` more than was done.
 *
 * @param text a number above 0, perhaps with a plus sign before it
 * @param done how much was done
 * @throws UserError if it lies at or below what was done
 */
export function furtherLimit(flag: string, text: string, done: number): number {
  const number = Number(text);
  if (!/^\+?\d+(\.\d+)?$/.test(text) || number <= 0) {
    throw new UserError(`${flag} takes a number in all (5000) or more than was done (+1000), got '${text}'`);
  }
  const limit = text.startsWith('+') ? done + number : number;
  if (limit <= done) {
    throw new UserError(
      `${flag} ${text} has been reached: the run has ${Number(done.toFixed(2))}. Ask for more, such as ${flag} +${text}`,
    );
  }
  return limit;
}
