import type { Field } from './field.js';
import { OptionsError } from './options-error.js';
import type { Schema } from './resolve-options.js';

/** A part of a JSON Schema (draft 7). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of an object with these options, for editors and other programs: what each must be, its default, and which must be there.
 *
 * @param defaults values of fields that are other than the fields' own
 */
export function jsonSchema(schema: Schema, defaults: unknown = undefined): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(schema)) {
    const own = defaultOf(field);
    const given = (defaults as Readonly<Record<string, unknown>> | undefined)?.[name];
    if (own.isMissing && given === undefined) required.push(name);
    properties[name] = described(field, given ?? own.value);
  }
  return { type: 'object', properties, additionalProperties: false, ...(required.length > 0 && { required }) };
}

function described({ expected, json }: Schema[string], fallback: unknown): JsonSchema {
  const schema = json?.(fallback) ?? {};
  // That it is an object is plain.
  const description = schema.type === 'object' ? {} : { description: expected };
  // The defaults of what lies inside an object stand there.
  const isPlain = fallback !== undefined && (typeof fallback !== 'object' || Array.isArray(fallback));
  return { ...schema, ...description, ...(isPlain && { default: fallback }) };
}

/** What a field is when it is left out, which it alone knows. */
function defaultOf(field: Field<unknown>): { readonly value?: unknown; readonly isMissing: boolean } {
  try {
    return { value: field.resolve(undefined, { where: 'jsonSchema', path: '' }), isMissing: false };
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    return { isMissing: true };
  }
}
