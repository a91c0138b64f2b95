import { expect, test } from 'vitest';
import { furtherLimit } from './further-limit.js';

test('in all, or more than was done', () => {
  expect(furtherLimit('--steps', '500', 100)).toBe(500);
  expect(furtherLimit('--steps', '+500', 100)).toBe(600);
  expect(furtherLimit('--minutes', '+0.5', 1)).toBe(1.5);
});

test.each([
  ['100', /--steps 100 has been reached: the run has 100\. Ask for more, such as --steps \+100/],
  ['0', /takes a number/],
  ['-5', /takes a number/],
  ['many', /got 'many'/],
])('refuses %s', (text, message) => {
  expect(() => furtherLimit('--steps', text, 100)).toThrow(message);
});
