import { expect, test } from 'vitest';
import { settingsFromFlags } from './set-flags.js';

const settings = (...assignments: string[]) => settingsFromFlags(assignments, () => []);

test('dots lead into sections, values are YAML', () => {
  expect(
    settings('training.penalty.kind=r1', 'training.penalty.weight=0.5', 'model.width=32', 'data=./a=b', 'training.flag=true'),
  ).toEqual({
    data: { source: './a=b' },
    model: { width: 32 },
    training: { penalty: { kind: 'r1', weight: 0.5 }, flag: true },
    recording: {},
  });
});

test('what is no YAML is text', () => {
  expect(settings('data=[odd').data).toEqual({ source: '[odd' });
});

test.each(['steps', '=3', 'training..loss=3'])('refuses %j', (assignment) => {
  expect(() => settings(assignment)).toThrow(
    `--set takes key=value, such as --set training.penalty.kind=r1, got '${assignment}'`,
  );
});
