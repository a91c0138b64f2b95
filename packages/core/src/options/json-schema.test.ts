import { expect, test } from 'vitest';
import { boolean, custom, integer, listOf, number, oneOf, optional, positiveInteger, string } from './field.js';
import { jsonSchema } from './json-schema.js';
import { either, nested, optionsOf, resolveOptions } from './resolve-options.js';
import { withDefaults } from './with-defaults.js';

const schema = {
  size: positiveInteger({ default: 64 }),
  rate: number({ above: 0, max: 1, default: 0.5 }),
  classes: optional(integer({ min: 2 })),
  name: string(),
  kernel: listOf(positiveInteger(), { length: 2, default: [4, 4] }),
  norm: oneOf(['batch', 'none'], { default: 'batch' }),
  noise: either(boolean({ default: false }), nested({ from: number(), to: number({ default: 3 }) })),
  any: custom('whatever it is', () => true, { default: 1 }),
};

test('says what options say of themselves', () => {
  const { type, additionalProperties, required, properties } = jsonSchema(schema);
  expect([type, additionalProperties, required]).toEqual(['object', false, ['name']]);
  expect(properties).toMatchObject({
    size: { type: 'integer', minimum: 1, default: 64, description: 'a whole number from 1' },
    rate: { type: 'number', exclusiveMinimum: 0, maximum: 1, default: 0.5 },
    classes: { type: 'integer', minimum: 2 },
    name: { type: 'string', minLength: 1 },
    kernel: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 2, maxItems: 2, default: [4, 4] },
    norm: { enum: ['batch', 'none'], default: 'batch' },
    noise: {
      anyOf: [
        { type: 'boolean' },
        { type: 'object', properties: { to: { type: 'number', default: 3 } }, required: ['from'], additionalProperties: false },
      ],
      default: false,
    },
    any: { description: 'whatever it is', default: 1 },
  });
  expect((properties as Record<string, object>).classes).not.toHaveProperty('default');
});

test('other defaults stand where the options are', () => {
  const inner = { kind: oneOf(['none', 'r1'], { default: 'none' }), weight: optional(number()) };
  const changed = withDefaults({ penalty: nested(inner) }, { penalty: { kind: 'r1', weight: 10 } });
  expect(jsonSchema(changed)).toMatchObject({
    properties: { penalty: { properties: { kind: { default: 'r1' }, weight: { default: 10 } } } },
  });
});

test('a function is asked for its options, and does nothing', async () => {
  let calls = 0;
  const model = (given: object = {}) => {
    resolveOptions('model', given, schema);
    calls++;
  };
  const load = async (given: object = {}) => {
    resolveOptions('load', given, { size: schema.size });
    calls++;
  };
  expect(optionsOf(() => model())).toBe(schema);
  expect(Object.keys(optionsOf(() => load()))).toEqual(['size']);
  expect(() => optionsOf(() => 3)).toThrow('optionsOf: the function resolves no options');
  await load({ size: 3 });
  expect(calls).toBe(1);
});
