import { expect, test } from 'vitest';
import { number, oneOf } from './field.js';
import { nested, resolveOptions } from './resolve-options.js';
import { withDefaults } from './with-defaults.js';

const schema = {
  rate: number({ default: 1 }),
  penalty: nested({ kind: oneOf(['none', 'r1'], { default: 'none' }), weight: number({ default: 10, min: 0 }) }),
};

test('other defaults replace those of the schema, key by key; what is given wins', () => {
  const own = withDefaults(schema, { penalty: { kind: 'r1' } });
  expect(resolveOptions('train', {}, own)).toEqual({ rate: 1, penalty: { kind: 'r1', weight: 10 } });
  expect(resolveOptions('train', { penalty: { weight: 2 } }, own)).toEqual({ rate: 1, penalty: { kind: 'r1', weight: 2 } });
  expect(resolveOptions('train', { penalty: { kind: 'none' } }, own).penalty.kind).toBe('none');
  expect(resolveOptions('train', {}, schema).penalty.kind).toBe('none');
});

test('what is given is checked as before, and so are the defaults', () => {
  const own = withDefaults(schema, { penalty: { kind: 'r1' } });
  expect(() => resolveOptions('train', { penalty: { weight: -1 } }, own)).toThrow("'penalty.weight' must be");
  expect(() => resolveOptions('train', { penalty: 3 }, own)).toThrow("'penalty' must be an object");
  expect(() => resolveOptions('train', {}, withDefaults(schema, { rate: 'fast' }))).toThrow("'rate' must be a number");
});
