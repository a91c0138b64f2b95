import { expect, test } from 'vitest';
import { numpyHeader } from './numpy-file.js';

test('a header as numpy.lib.format describes it, version 1.0', () => {
  const header = Buffer.from(numpyHeader({ dtype: '|u1', shape: [70, 28, 28, 1] }));
  expect(header.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
  expect(header.length % 64).toBe(0);
  expect(header.readUInt16LE(8)).toBe(header.length - 10);
  expect(header.toString('latin1', 10)).toMatch(
    /^\{'descr': '\|u1', 'fortran_order': False, 'shape': \(70, 28, 28, 1\), \} *\n$/,
  );
  expect(Buffer.from(numpyHeader({ dtype: '<f4', shape: [3] })).toString('latin1')).toContain("'shape': (3,)");
});
