import { expect, expectTypeOf, test } from 'vitest';
import { boolean, custom, integer, listOf, number, oneOf, optional, positiveInteger, string } from './field.js';
import { either, nested, resolveOptions } from './resolve-options.js';

const optimizer = nested({
  learningRate: number({ above: 0, max: 1, default: 2e-4 }),
  kind: oneOf(['adam', 'sgd'], { default: 'adam' }),
});
const schema = {
  size: positiveInteger({ default: 64 }),
  classes: optional(integer({ min: 2 })),
  augment: boolean({ default: false }),
  name: string({ default: 'x' }),
  kernel: listOf(positiveInteger(), { length: 2, default: [4, 4] }),
  optimizer,
  noise: either(number({ min: 0, default: 0 }), nested({ from: number(), to: number() })),
};
const resolve = (given: object) => resolveOptions('dcgan', given, schema);

test('fills in defaults and infers the types', () => {
  const resolved = resolve({ size: 32, optimizer: { kind: 'sgd' }, name: undefined });
  expect(resolved).toEqual({
    size: 32,
    augment: false,
    name: 'x',
    kernel: [4, 4],
    optimizer: { learningRate: 2e-4, kind: 'sgd' },
    noise: 0,
  });
  expect('classes' in resolved).toBe(false);
  expectTypeOf(resolved.size).toEqualTypeOf<number>();
  expectTypeOf(resolved.classes).toEqualTypeOf<number | undefined>();
  expectTypeOf(resolved.optimizer.kind).toEqualTypeOf<'adam' | 'sgd'>();
  expectTypeOf(resolved.kernel).toEqualTypeOf<readonly number[]>();
  expectTypeOf(resolved.noise).toEqualTypeOf<number | { readonly from: number; readonly to: number }>();
});

test('what it resolved resolves to itself', () => {
  const once = resolve({ classes: 10, noise: { from: 1, to: 0 } });
  expect(resolve(JSON.parse(JSON.stringify(once)))).toEqual(once);
});

test.each([
  [{ sise: 32 }, "dcgan: unknown option 'sise'; did you mean 'size'?"],
  [{ SIZE: 32 }, "dcgan: unknown option 'SIZE'; did you mean 'size'?"],
  [{ optimizer: { learningrate: 1 } }, "dcgan: unknown option 'optimizer.learningrate'; did you mean 'learningRate'?"],
  [
    { toString: 1 },
    "dcgan: unknown option 'toString'; known are 'size', 'classes', 'augment', 'name', 'kernel', 'optimizer', 'noise'",
  ],
  [{ size: 6.5 }, "dcgan: 'size' must be a whole number from 1, got 6.5"],
  [{ size: '64' }, "dcgan: 'size' must be a whole number from 1, got '64'"],
  [{ size: null }, "dcgan: 'size' must be a whole number from 1, got null"],
  [{ optimizer: { learningRate: 0 } }, "dcgan: 'optimizer.learningRate' must be a number above 0 up to 1, got 0"],
  [{ optimizer: { learningRate: NaN } }, "dcgan: 'optimizer.learningRate' must be a number above 0 up to 1, got NaN"],
  [{ optimizer: { kind: 'lion' } }, "dcgan: 'optimizer.kind' must be one of 'adam', 'sgd', got 'lion'"],
  [{ optimizer: 3 }, "dcgan: 'optimizer' must be an object with 'learningRate', 'kind', got 3"],
  [{ kernel: [1] }, "dcgan: 'kernel' must be a list of 2 values, each a whole number from 1, got [1]"],
  [{ kernel: [1, 0] }, "dcgan: 'kernel[1]' must be a whole number from 1, got 0"],
  [{ noise: 'loud' }, "dcgan: 'noise' must be a number from 0, or an object with 'from', 'to', got 'loud'"],
  [{ noise: { from: 1 } }, "dcgan: 'noise.to' is missing; it must be a number"],
  [{ augment: 1 }, "dcgan: 'augment' must be true or false, got 1"],
])('refuses %j', (given, message) => {
  expect(() => resolve(given)).toThrow(expect.objectContaining({ name: 'OptionsError', where: 'dcgan', message }));
});

test('refuses options that are no object, and a required value of a type of its own', () => {
  expect(() => resolveOptions('f', [] as object, {})).toThrow('f: options must be an object');
  const signal = { signal: custom<AbortSignal>('an AbortSignal', (given) => given instanceof AbortSignal) };
  expect(() => resolveOptions('f', {}, signal)).toThrow("f: 'signal' is missing; it must be an AbortSignal");
  expect(() => resolveOptions('f', { signal: () => 1 }, signal)).toThrow("f: 'signal' must be an AbortSignal, got a function");
  expect(() => resolveOptions('f', { a: 1 }, {})).toThrow("f: unknown option 'a'; there are no options here");
});
