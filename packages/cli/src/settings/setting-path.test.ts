import { expect, test } from 'vitest';
import { sectionWith, valueAt } from './setting-path.js';

test('values under names with dots', () => {
  const section = { modalities: { image: { size: 32 } }, length: 4 };
  expect(valueAt(section, 'modalities.image.size')).toBe(32);
  expect(valueAt(section, 'length')).toBe(4);
  expect([valueAt(section, 'length.more'), valueAt(section, 'modalities.audio.size')]).toEqual([undefined, undefined]);
  expect(sectionWith('modalities.image.size', 64)).toEqual({ modalities: { image: { size: 64 } } });
});
