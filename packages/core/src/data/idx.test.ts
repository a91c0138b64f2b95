import { describe, expect, it } from 'vitest';
import { formatIdx, isIdx, parseIdx } from './idx.js';

// Written by hand from the format's description (yann.lecun.com/exdb/mnist): two 2x3 pictures.
const PICTURES = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);

describe('parseIdx', () => {
  it('reads the dimensions and the values', () => {
    const { shape, values } = parseIdx(PICTURES);
    expect(shape).toEqual([2, 2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
  });

  it('reads bytes that lie anywhere in a larger buffer', () => {
    const larger = new Uint8Array(PICTURES.length + 3);
    larger.set(PICTURES, 3);
    expect(parseIdx(larger.subarray(3)).shape).toEqual([2, 2, 3]);
  });

  it.each([
    ['an empty file', new Uint8Array(), 'it is empty'],
    ['a text', new TextEncoder().encode('hello, I am no IDX file'), 'expected it to start with 00 00 08, got 68 65 6c 6c'],
    ['a gzip file', Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), 'unzip it first'],
    ['floats', Uint8Array.from([0, 0, 13, 1, 0, 0, 0, 0]), 'holds float32 values'],
    ['a cut header', PICTURES.subarray(0, 10), 'ends inside its header'],
    ['cut values', PICTURES.subarray(0, 20), 'should hold 12 values (shape [2,2,3]), but holds 4'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseIdx(bytes, 'file.idx')).toThrow(message);
  });
});

describe('formatIdx', () => {
  it('writes what parseIdx reads', () => {
    expect(formatIdx({ shape: [2, 2, 3], values: PICTURES.subarray(16) })).toEqual(PICTURES);
  });

  it('refuses a shape that does not fit', () => {
    expect(() => formatIdx({ shape: [2, 2], values: new Uint8Array(3) })).toThrow('shape [2,2] needs 4 values, got 3');
  });
});

describe('isIdx', () => {
  it('knows an IDX file by its first bytes', () => {
    expect(isIdx(PICTURES)).toBe(true);
    expect(isIdx(new TextEncoder().encode('\x89PNG....'))).toBe(false);
  });
});
