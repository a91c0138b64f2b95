import type { JsonSchema } from './json-schema.js';
import { type OptionPlace, OptionsError } from './options-error.js';

/** One option in a schema: what it must be, and what it is when it is not given. */
export interface Field<T> {
  /** Completes the sentence "must be …". */
  readonly expected: string;
  /** The value to use for a given one; `undefined` means that none was given. Throws an {@link OptionsError}. */
  resolve(given: unknown, at: OptionPlace): T;
  /** The same in JSON Schema; absent where it cannot be said there. @param fallback what the field is when it is not given, where that is known */
  json?(fallback?: unknown): JsonSchema;
}

/** What a field has when it may be left out. */
export interface FieldDefault<T> {
  readonly default?: T;
}

/** A field of any type, from a test of whether a value will do. Required unless it has a default. @param json what the test says, in JSON Schema */
export function custom<T>(
  expected: string,
  accepts: (given: unknown) => boolean,
  { default: fallback }: FieldDefault<T> = {},
  json: JsonSchema = {},
): Field<T> {
  return {
    expected,
    json: () => json,
    resolve(given, at) {
      if (given === undefined && fallback !== undefined) return fallback;
      if (given === undefined) throw new OptionsError(at, `'${at.path}' is missing; it must be ${expected}`);
      if (!accepts(given)) throw mismatch(at, expected, given);
      return given as T;
    },
  };
}

/** Limits of a number, both included, except that `above` is not. */
export interface NumberLimits {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
}

/** A finite number. */
export function number({ default: fallback, ...limits }: NumberLimits & FieldDefault<number> = {}): Field<number> {
  const accepts = (given: unknown) => typeof given === 'number' && Number.isFinite(given) && within(given, limits);
  return custom(`a number${describe(limits)}`, accepts, defaultOption(fallback), { type: 'number', ...jsonLimits(limits) });
}

/** A whole number. */
export function integer({ default: fallback, ...limits }: NumberLimits & FieldDefault<number> = {}): Field<number> {
  const accepts = (given: unknown) => Number.isSafeInteger(given) && within(given as number, limits);
  return custom(`a whole number${describe(limits)}`, accepts, defaultOption(fallback), {
    type: 'integer',
    ...jsonLimits(limits),
  });
}

/** A whole number from 1. */
export function positiveInteger(options: Omit<NumberLimits, 'above'> & FieldDefault<number> = {}): Field<number> {
  return integer({ min: 1, ...options });
}

/** `true` or `false`. */
export function boolean(options?: FieldDefault<boolean>): Field<boolean> {
  return custom('true or false', (given) => typeof given === 'boolean', options, { type: 'boolean' });
}

/** A text of at least one character. */
export function string(options?: FieldDefault<string>): Field<string> {
  return custom('a non-empty string', (given) => typeof given === 'string' && given !== '', options, {
    type: 'string',
    minLength: 1,
  });
}

/** One of a few values. */
export function oneOf<const T extends string | number>(choices: readonly T[], options?: FieldDefault<T>): Field<T> {
  return custom(`one of ${choices.map(show).join(', ')}`, (given) => choices.includes(given as T), options, { enum: choices });
}

/** A list whose elements all fit one field, `length` of them if that is given. */
export function listOf<T>(
  element: Field<T>,
  { length, default: fallback }: { readonly length?: number } & FieldDefault<readonly T[]> = {},
): Field<readonly T[]> {
  const expected = `a list of ${length === undefined ? '' : `${length} values, each `}${element.expected}`;
  const accepts = (given: unknown) => Array.isArray(given) && (length === undefined || given.length === length);
  const list = custom<readonly unknown[]>(expected, accepts, fallback && { default: fallback });
  const lengths = length === undefined ? {} : { minItems: length, maxItems: length };
  return {
    expected,
    json: () => ({ type: 'array', items: { ...element.json?.() }, ...lengths }),
    resolve: (given, at) =>
      list.resolve(given, at).map((item, index) => element.resolve(item, { ...at, path: `${at.path}[${index}]` })),
  };
}

/** Another field that may be left out and then stays away. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return {
    ...field,
    resolve: (given, at) => (given === undefined ? undefined : field.resolve(given, at)),
  };
}

/** The error of a value that is not what it must be. */
export function mismatch(at: OptionPlace, expected: string, given: unknown): OptionsError {
  return new OptionsError(at, `'${at.path}' must be ${expected}, got ${show(given)}`);
}

function within(given: number, { min = -Infinity, above = -Infinity, max = Infinity }: NumberLimits): boolean {
  return given >= min && (above === -Infinity || given > above) && given <= max;
}

function describe({ min, above, max }: NumberLimits): string {
  const lower = above === undefined ? min !== undefined && ` from ${min}` : ` above ${above}`;
  return `${lower || ''}${max === undefined ? '' : ` up to ${max}`}`;
}

function jsonLimits({ min, above, max }: NumberLimits): JsonSchema {
  return {
    ...(min !== undefined && Number.isFinite(min) && { minimum: min }),
    ...(above !== undefined && { exclusiveMinimum: above }),
    ...(max !== undefined && { maximum: max }),
  };
}

function defaultOption<T>(fallback: T | undefined): FieldDefault<T> {
  return fallback === undefined ? {} : { default: fallback };
}

function show(given: unknown): string {
  if (typeof given === 'function') return 'a function';
  if (typeof given !== 'object' || given === null) return typeof given === 'string' ? `'${given}'` : String(given);
  const text = JSON.stringify(given);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
