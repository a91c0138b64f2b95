import { suggestion } from '../settings/nearest-name.js';
import { UserError } from '../terminal/failure.js';

/**
 * The number of a class by its name, or by the number itself.
 *
 * @throws UserError if there is no such class
 */
export function classNumber(names: readonly string[] | undefined, asked: string): number {
  if (!names) throw new UserError('--class: this run has no classes; its data had none');
  const byName = names.indexOf(asked);
  if (byName >= 0) return byName;
  const number = Number(asked);
  if (asked.trim() !== '' && Number.isInteger(number) && number >= 0 && number < names.length) return number;
  throw new UserError(`--class: unknown class '${asked}'${suggestion(asked, names)}`);
}
