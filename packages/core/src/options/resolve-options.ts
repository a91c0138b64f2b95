import { closest, distance } from 'fastest-levenshtein';
import { type Field, mismatch } from './field.js';
import { jsonSchema } from './json-schema.js';
import { type OptionPlace, OptionsError } from './options-error.js';

/** The options of a function by name. */
// biome-ignore lint/suspicious/noExplicitAny: a field of anything; `unknown` would not take a Field<number>
export type Schema = Readonly<Record<string, Field<any>>>;

/** What {@link resolveOptions} makes of the options of a schema: every field has a value, save those that are optional. */
export type Resolved<S extends Schema> = { readonly [Name in keyof S]: S[Name] extends Field<infer T> ? T : never };

/**
 * Checks options once, where they come in, and fills in the defaults.
 *
 * ```ts
 * const { size, norm } = resolveOptions('dcgan', given, {
 *   size: positiveInteger({ default: 64 }),
 *   norm: oneOf(['batch', 'none'], { default: 'batch' }),
 * });
 * ```
 *
 * An option that is `undefined` counts as not given. The result is a new object that holds nothing but the schema's fields.
 *
 * @param where the function whose options these are, for messages
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function resolveOptions<S extends Schema>(where: string, given: object, schema: S): Resolved<S> {
  if (question) {
    question.answer ??= schema;
    throw new Error(`${where}: was asked for its options alone`);
  }
  return resolveAt({ where, path: '' }, given, schema);
}

/** Set while {@link optionsOf} asks. */
let question: { answer?: Schema } | undefined;

/**
 * The options that a function takes, from the schema by which it checks them; it does nothing else.
 *
 * ```ts
 * jsonSchema(optionsOf(() => dcgan()));
 * ```
 *
 * @param call calls the function, which must resolve its options before it waits for anything
 * @throws if it resolves none
 */
export function optionsOf(call: () => unknown): Schema {
  const asked: { answer?: Schema } = {};
  question = asked;
  try {
    const result = call();
    // An asynchronous function breaks its promise.
    if (result instanceof Promise) result.catch(() => {});
  } catch (error) {
    if (!asked.answer) throw error;
  } finally {
    question = undefined;
  }
  if (!asked.answer) throw new Error('optionsOf: the function resolves no options');
  return asked.answer;
}

/** Options that have options: an object with a schema of its own. Left out, it has that schema's defaults. */
export function nested<S extends Schema>(schema: S): Field<Resolved<S>> {
  return {
    expected: `an object with ${list(Object.keys(schema))}`,
    json: (fallback) => jsonSchema(schema, fallback),
    resolve: (given = {}, at) => resolveAt(at, given, schema),
  };
}

/** A value that fits either of two fields, an object being the second; the first decides what it is when it is left out. */
export function either<A, B>(first: Field<A>, second: Field<B>): Field<A | B> {
  const expected = `${first.expected}, or ${second.expected}`;
  return {
    expected,
    json: () => ({ anyOf: [{ ...first.json?.() }, { ...second.json?.() }] }),
    resolve(given, at) {
      if (given === undefined) return first.resolve(given, at);
      try {
        return first.resolve(given, at);
      } catch (error) {
        if (!(error instanceof OptionsError)) throw error;
      }
      // What is wrong inside an object says more than that neither of the two fits.
      if (typeof given === 'object') return second.resolve(given, at);
      try {
        return second.resolve(given, at);
      } catch (error) {
        throw error instanceof OptionsError ? mismatch(at, expected, given) : error;
      }
    },
  };
}

function resolveAt<S extends Schema>(at: OptionPlace, given: unknown, schema: S): Resolved<S> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw at.path
      ? mismatch(at, nested(schema).expected, given)
      : new OptionsError(at, `options must be an object, got ${given}`);
  }
  const inside = (name: string): OptionPlace => ({ ...at, path: at.path ? `${at.path}.${name}` : name });
  const known = Object.keys(schema);
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !Object.hasOwn(schema, name))
      throw new OptionsError(inside(name), unknown(inside(name).path, name, known));
  }
  const resolved: Record<string, unknown> = {};
  for (const name of known) {
    const value = schema[name]!.resolve((given as Record<string, unknown>)[name], inside(name));
    if (value !== undefined) resolved[name] = value;
  }
  return resolved as Resolved<S>;
}

function unknown(path: string, name: string, known: readonly string[]): string {
  if (known.length === 0) return `unknown option '${path}'; there are no options here`;
  const nearest = closest(
    name.toLowerCase(),
    known.map((k) => k.toLowerCase()),
  );
  const guess = known.find((k) => k.toLowerCase() === nearest)!;
  if (distance(name.toLowerCase(), nearest) <= Math.max(2, name.length / 3))
    return `unknown option '${path}'; did you mean '${guess}'?`;
  return `unknown option '${path}'; known are ${list(known)}`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
