import type { Schema } from './resolve-options.js';

/**
 * A schema with other defaults: those given here, key by key down to the innermost, and the schema's own for the rest.
 *
 * ```ts
 * withDefaults(ganSchema, { penalty: { kind: 'wgan-gp' }, discriminatorSteps: 5 });
 * ```
 */
export function withDefaults<S extends Schema>(schema: S, defaults: object): S {
  const entries = Object.entries(schema).map(([name, field]) => {
    const own = (defaults as Readonly<Record<string, unknown>>)[name];
    if (own === undefined) return [name, field];
    return [
      name,
      { ...field, resolve: (given: unknown, at: Parameters<typeof field.resolve>[1]) => field.resolve(merged(own, given), at) },
    ];
  });
  return Object.fromEntries(entries) as S;
}

function merged(own: unknown, given: unknown): unknown {
  if (given === undefined) return own;
  if (!isObject(own) || !isObject(given)) return given;
  const names = new Set([...Object.keys(own), ...Object.keys(given)]);
  return Object.fromEntries([...names].map((name) => [name, merged(own[name], given[name])]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
