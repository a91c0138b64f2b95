import { describe, expect, test } from 'vitest';
import { mergeSettings, NO_SETTINGS, settingsFrom } from './settings.js';

const names = () => ['model.width', 'training.loss'];
const from = (given: Parameters<typeof settingsFrom>[0]) => settingsFrom(given, 'here', names);

describe('settingsFrom', () => {
  test('puts the names of flags where they belong', () => {
    expect(from({ data: 'digits', model: 'dcgan', size: 32, batch: 8, seed: 5, out: 'x' })).toEqual({
      data: { source: 'digits', size: 32 },
      model: { kind: 'dcgan', size: 32, seed: 5 },
      training: { batchSize: 8, seed: 5 },
      recording: {},
      out: 'x',
    });
  });

  test('takes the sections as they are', () => {
    const sections = {
      data: { source: 'a', classes: 'none' },
      model: { width: 4 },
      training: { loss: 'hinge' },
      recording: { keep: 1 },
    };
    expect(from(sections)).toEqual(sections);
  });

  test.each([
    [{ stpes: 3 }, "here: unknown key 'stpes'; did you mean 'steps'?"],
    [{ widht: 3 }, "here: unknown key 'widht'; did you mean 'model.width'?"],
    [{ loss: 'hinge' }, "here: unknown key 'loss'; did you mean 'training.loss'?"],
    [{ nothingLikeIt: 3 }, "here: unknown key 'nothingLikeIt'; at the top are known data, model,"],
    [{ training: 3 }, "here: 'training' must hold keys, got 3"],
    [{ threads: 'two' }, "here: 'threads' must be a whole number from 1, got 'two'"],
  ])('refuses %j', (given, message) => {
    expect(() => from(given)).toThrow(message);
  });
});

describe('mergeSettings', () => {
  test('the later ones win, key by key, also inside', () => {
    const merged = mergeSettings(
      NO_SETTINGS,
      from({ engine: 'cpu', training: { penalty: { kind: 'r1', weight: 5 }, loss: 'hinge' } }),
      from({ training: { penalty: { weight: 10 } }, engine: 'wasm' }),
    );
    expect(merged.training).toEqual({ penalty: { kind: 'r1', weight: 10 }, loss: 'hinge' });
    expect(merged.engine).toBe('wasm');
  });

  test('one limit replaces the limits said before', () => {
    const merged = mergeSettings(from({ steps: 100, batch: 4 }), from({ minutes: 2 }));
    expect(merged.training).toEqual({ minutes: 2, batchSize: 4 });
  });
});
