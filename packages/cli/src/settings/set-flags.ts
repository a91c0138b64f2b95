import { parse } from 'yaml';
import { UserError } from '../terminal/failure.js';
import { type InnerNames, mergeSections, type Section, type Settings, settingsFrom, type Value } from './settings.js';

/**
 * Settings from `--set` flags: `training.penalty.kind=r1`, the value in YAML's notation (`true`, `0.5`, `[1, 2]`, `{kind: r1}`, text).
 *
 * @throws UserError for one without `=`, or an unknown key
 */
export function settingsFromFlags(assignments: readonly string[], innerNames: InnerNames): Settings {
  return settingsFrom(assignments.map(nested).reduce(mergeSections, {}), '--set', innerNames);
}

function nested(assignment: string): Section {
  const at = assignment.indexOf('=');
  const path = assignment.slice(0, at).split('.');
  if (at < 1 || path.includes('')) {
    throw new UserError(`--set takes key=value, such as --set training.penalty.kind=r1, got '${assignment}'`);
  }
  return path.reduceRight<Value>((inner, key) => ({ [key]: inner }), parsedValue(assignment.slice(at + 1))) as Section;
}

function parsedValue(text: string): Value {
  try {
    return parse(text) as Value;
  } catch {
    return text;
  }
}
