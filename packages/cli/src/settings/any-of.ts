import { either, type Schema } from '@polygan/core';

/** The options of several functions, of which one will be called: a name that two of them have may be as either takes it. */
export function anyOf(...schemas: readonly Schema[]): Schema {
  const joined: Record<string, Schema[string]> = {};
  for (const [name, field] of schemas.flatMap((schema) => Object.entries(schema))) {
    joined[name] = joined[name] ? either(joined[name], field) : field;
  }
  return joined;
}
