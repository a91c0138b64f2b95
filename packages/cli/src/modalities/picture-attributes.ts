import { createHash } from 'node:crypto';
import { suggestion } from '../settings/nearest-name.js';
import { UserError } from '../terminal/failure.js';
import { METADATA_FILES, metadataLines, normalName } from './metadata-lines.js';

/** A real-valued attribute of pictures. Models are told it less its mean, in deviations. */
export interface Attribute {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** An attribute as it is asked for: what it is measured by may still have to be found. */
export type AskedAttribute = Pick<Attribute, 'name'> & { readonly [Key in 'mean' | 'deviation']?: number | undefined };

/** What is known of some pictures. */
export interface AttributeTable {
  readonly attributes: readonly Attribute[];
  /** By file: how much of each attribute, as models are told it; undefined where one of them is not said. */
  readonly rows: readonly (Float32Array | undefined)[];
  readonly fingerprint: string;
}

/**
 * Attributes of the pictures of a folder, from the numbers in its metadata: `{"file_name": "1.png", "age": 31, "smiling": true}`.
 *
 * @param names of the files
 * @param asked which attributes; if none, all that every line has a number for
 * @throws UserError if the folder has no metadata, or they do not have such attributes
 */
export async function readAttributes(
  directory: string,
  names: readonly string[],
  asked: readonly AskedAttribute[],
): Promise<AttributeTable> {
  const found = await metadataLines(directory);
  if (!found) {
    throw new UserError(
      `--attributes: there is no ${METADATA_FILES.join(' or ')} in ${directory}; it says on a line for each picture how much it has of each: {"file_name": "1.png", "age": 31, "smiling": true}`,
    );
  }
  const byName = new Map<string, ReadonlyMap<string, number>>();
  for await (const { fields } of found.lines) {
    if (typeof fields === 'string') continue;
    const { file_name: file = fields.image_file_name, image_file_name, ...rest } = fields;
    if (typeof file === 'string') byName.set(normalName(file), numbersOf(rest));
  }
  const told = names.map((name) => byName.get(name));
  const chosen = asked.length > 0 ? asked : commonTo(told).map((name) => ({ name }));
  if (chosen.length === 0)
    throw new UserError(`--attributes: no number stands on every line of ${found.file}; name the attributes that are meant`);
  const known = new Set(told.flatMap((numbers) => [...(numbers?.keys() ?? [])]));
  const unknown = chosen.find(({ name }) => !known.has(name));
  if (unknown)
    throw new UserError(`--attributes: ${found.file} has no number '${unknown.name}'${suggestion(unknown.name, [...known])}`);
  const attributes = chosen.map((each) => measured(each, told));
  const rows = told.map((numbers) => {
    const values = attributes.map(({ name, mean, deviation }) => ((numbers?.get(name) ?? Number.NaN) - mean) / deviation);
    return values.every(Number.isFinite) ? Float32Array.from(values) : undefined;
  });
  const hash = createHash('sha256').update(JSON.stringify(attributes));
  for (const row of rows) hash.update(row ?? '-');
  return { attributes, rows, fingerprint: `attributes-${hash.digest('hex').slice(0, 16)}` };
}

/** What stands in the fields of a line and is a number, or yes or no. */
function numbersOf(fields: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> {
  const numbers = Object.entries(fields).flatMap(([name, value]) => {
    const isTold = typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.trim() !== '');
    const number = isTold ? numberOf(value) : Number.NaN;
    return Number.isFinite(number) ? [[name, number] as const] : [];
  });
  return new Map(numbers);
}

function numberOf(value: unknown): number {
  if (value === 'true' || value === 'false') return value === 'true' ? 1 : 0;
  return Number(value);
}

/** The names that all have. */
function commonTo(told: readonly (ReadonlyMap<string, number> | undefined)[]): string[] {
  const [first, ...others] = told.filter((numbers) => numbers !== undefined);
  return [...(first?.keys() ?? [])].filter((name) => others.every((numbers) => numbers.has(name)));
}

/** With its mean and deviation, where they are not known already. */
function measured(
  { name, mean, deviation }: AskedAttribute,
  told: readonly (ReadonlyMap<string, number> | undefined)[],
): Attribute {
  if (mean !== undefined && deviation !== undefined) return { name, mean, deviation };
  const values = told.flatMap((numbers) => numbers?.get(name) ?? []);
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
  if (spread === 0)
    throw new UserError(`--attributes: '${name}' is ${middle} in all pictures, so there is nothing to learn of it; leave it out`);
  return { name, mean: middle, deviation: spread };
}
