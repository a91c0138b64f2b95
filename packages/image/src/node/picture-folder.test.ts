import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PictureDataset, pictureFolder } from './picture-folder.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'folder-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function put(name: string, content: Sharp | Uint8Array | string): Promise<void> {
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof content === 'string' || content instanceof Uint8Array ? content : await content.toBuffer());
}

const plain = (background: string, width = 20, height = width) => sharp({ create: { width, height, channels: 3, background } });
/** A picture that does not compress, so that half of its file is half of the picture. */
const noise = (size: number) =>
  sharp(
    Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 7919) % 251),
    { raw: { width: size, height: size, channels: 3 } },
  );
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

/** The pictures with these numbers as arrays of bytes, and their labels. */
async function fetch(dataset: PictureDataset, indices: number[]) {
  const { samples, labels } = await dataset.batch(indices);
  const values = [...(await samples.data())].map((value) => Math.round((value + 1) * 127.5));
  const length = values.length / indices.length;
  const result = {
    shape: samples.shape,
    pictures: indices.map((_, i) => values.slice(i * length, (i + 1) * length)),
    labels: labels && [...(await labels.data())],
  };
  samples.dispose();
  labels?.dispose();
  return result;
}

/** The middle pixel. */
const middle = (picture: number[], size: number, channels = 3) => {
  const at = ((size / 2) * size + size / 2) * channels;
  return picture.slice(at, at + channels);
};

describe('odd pictures', () => {
  it('reads what can be read, names and skips the rest', async () => {
    await put('a mixed size.png', plain('#204060', 30, 50).png());
    await put('b.webp', plain('#204060').webp({ lossless: true }));
    await put('c.TIFF', plain('#204060').tiff({ compression: 'lzw' }));
    await put('cut short.jpg', half(await noise(64).jpeg().toBuffer()));
    await put('cut short.png', half(await noise(64).png().toBuffer()));
    await put('empty.png', '');
    await put('grandma.heic', 'ftypheic');
    await put('notes.txt', 'no picture, and does not say so');
    await put('text.png', 'this is a text');
    await put('.hidden.png', 'nobody looks at this');
    await put('日本 ü.png', plain('#204060').png());
    const dataset = await pictureFolder(directory, { size: 8 });
    expect(dataset.size).toBe(4);
    expect(dataset.sampleShape).toEqual([8, 8, 3]);
    expect(Object.fromEntries(dataset.skipped.map(({ name, reason }) => [name, reason]))).toEqual({
      'cut short.jpg': 'the file is damaged or cut short',
      'cut short.png': 'the file is damaged or cut short',
      'empty.png': 'the file is empty',
      'grandma.heic': '.heic files cannot be read; convert it to .png',
      'text.png': 'not a picture, whatever its name says',
    });
    const { shape, pictures } = await fetch(dataset, [0, 1, 2, 3]);
    expect(shape).toEqual([4, 8, 8, 3]);
    for (const picture of pictures) expect(middle(picture, 8)).toEqual([0x20, 0x40, 0x60]);
  });

  const whole: Record<string, [name: string, content: () => Sharp, expected: number[]]> = {
    'a CMYK JPEG': ['x.jpg', () => plain('red').toColourspace('cmyk').jpeg(), [240, 0, 0]],
    'a 16-bit PNG': ['x.png', () => plain('#ff8000').toColourspace('rgb16').png(), [255, 128, 0]],
    'a grey picture with opacity': [
      'x.png',
      () => sharp(Buffer.from([90, 255]), { raw: { width: 1, height: 1, channels: 2 } }).png(),
      [90, 90, 90],
    ],
    'a transparent picture, on white': [
      'x.png',
      () => sharp({ create: { width: 9, height: 9, channels: 4, background: '#0000' } }).png(),
      [255, 255, 255],
    ],
    'a strip of 1x1000': ['x.png', () => plain('#102030', 1, 1000).png(), [16, 32, 48]],
    'a JPEG named .png': ['x.png', () => plain('#808080').jpeg(), [128, 128, 128]],
  };
  it.each(Object.entries(whole))('reads %s', async (_, [name, content, expected]) => {
    await put(`odd/${name}`, content());
    await put('plain.png', plain('red').png());
    const dataset = await pictureFolder(directory, { size: 8 });
    expect(dataset.skipped).toEqual([]);
    const { pictures } = await fetch(dataset, [0]);
    middle(pictures[0]!, 8).forEach((value, i) => {
      expect(Math.abs(value - expected[i]!), `channel ${i}: ${value}`).toBeLessThanOrEqual(15);
    });
  });

  it('lays transparent pictures on the background that is asked for', async () => {
    await put('a.png', sharp({ create: { width: 9, height: 9, channels: 4, background: '#0000' } }).png());
    await put('b.png', plain('red').png());
    const { pictures } = await fetch(await pictureFolder(directory, { size: 8, background: '#00ff00' }), [0]);
    expect(middle(pictures[0]!, 8)).toEqual([0, 255, 0]);
  });

  it('keeps the opacity where four channels are asked for', async () => {
    await put(
      'a.png',
      sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 200, g: 100, b: 0, alpha: 0.2 } } }).png(),
    );
    await put('b.png', sharp({ create: { width: 4, height: 4, channels: 3, background: { r: 200, g: 100, b: 0 } } }).png());
    const { shape, pictures } = await fetch(await pictureFolder(directory, { size: 4, channels: 4 }), [0, 1]);
    expect(shape).toEqual([2, 4, 4, 4]);
    expect(middle(pictures[0]!, 4, 4)).toEqual([40, 20, 0, 51]);
    expect(middle(pictures[1]!, 4, 4)).toEqual([200, 100, 0, 255]);
  });

  it('turns pictures as their EXIF data say', async () => {
    const blue = { input: { create: { width: 10, height: 20, channels: 3 as const, background: 'blue' } }, left: 0, top: 0 };
    // Blue left half; orientation 6 turns it clockwise: the top half.
    await put('a.png', plain('red').composite([blue]).withMetadata({ orientation: 6 }).png());
    await put('b.png', plain('red').png());
    const [picture] = (await fetch(await pictureFolder(directory, { size: 20 }), [0])).pictures;
    const rows = [0, 19].map((row) => picture!.slice(row * 60, row * 60 + 3));
    expect(rows).toEqual([
      [0, 0, 255],
      [255, 0, 0],
    ]);
  });

  it('takes the first picture of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(16 * 16 * 3, 255), Buffer.alloc(16 * 16 * 3, 0)]);
    await put('a.gif', sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } }).gif());
    await put('b.png', plain('red').png());
    const { pictures } = await fetch(await pictureFolder(directory, { size: 16 }), [0]);
    expect(Math.min(...pictures[0]!)).toBeGreaterThan(250);
  });

  it('cuts to the centre', async () => {
    const marked = plain('red', 60, 20).composite([
      { input: { create: { width: 20, height: 20, channels: 3, background: 'lime' } }, left: 20, top: 0 },
    ]);
    await put('a.png', marked.png());
    await put('b.png', plain('red').png());
    const { pictures } = await fetch(await pictureFolder(directory, { size: 20 }), [0]);
    expect(new Set(pictures[0]!.filter((_, i) => i % 3 === 0))).toEqual(new Set([0]));
  });
});

describe('channels', () => {
  it('are one when every picture is grey, however it is stored', async () => {
    await put('a.jpg', plain('#777777').jpeg());
    await put('b.png', plain('#222222').png());
    const dataset = await pictureFolder(directory, { size: 8 });
    expect(dataset.sampleShape).toEqual([8, 8, 1]);
    const { pictures } = await fetch(dataset, [1]);
    expect(new Set(pictures[0])).toEqual(new Set([0x22]));
  });

  it('are as asked for: grey becomes colour, colour grey', async () => {
    await put('a.png', plain('#777777').toColourspace('b-w').png());
    await put('b.png', plain('lime').png());
    const colour = await fetch(await pictureFolder(directory, { size: 8, channels: 3 }), [0]);
    expect(new Set(colour.pictures[0])).toEqual(new Set([0x77]));
    const grey = await fetch(await pictureFolder(directory, { size: 8, channels: 1 }), [1]);
    expect(grey.shape).toEqual([1, 8, 8, 1]);
    expect(grey.pictures[0]![0]).toBeGreaterThan(170);
  });
});

describe('classes', () => {
  beforeEach(async () => {
    await put('Katze/1.png', plain('red').png());
    await put('Hund/deep/er/1.png', plain('lime').png());
    await put('Hund/2.png', plain('lime').png());
  });

  it('are the sub-folders', async () => {
    const dataset = await pictureFolder(directory, { size: 8 });
    expect(dataset.classNames).toEqual(['Hund', 'Katze']);
    const { labels, pictures } = await fetch(dataset, [2, 0, 1]);
    expect(labels).toEqual([1, 0, 0]);
    expect(middle(pictures[0]!, 8)).toEqual([255, 0, 0]);
  });

  it('are not taken when a picture lies outside, unless that is an error', async () => {
    await put('stray.png', plain('blue').png());
    const dataset = await pictureFolder(directory, { size: 8 });
    expect(dataset.classNames).toBeUndefined();
    expect((await fetch(dataset, [0])).labels).toBeUndefined();
    await expect(pictureFolder(directory, { size: 8, classes: 'folders' })).rejects.toThrow(
      'stray.png lies outside the sub-folders',
    );
  });

  it('are not taken when not wanted', async () => {
    expect((await pictureFolder(directory, { size: 8, classes: 'none' })).classNames).toBeUndefined();
  });

  it('may be links to folders elsewhere, even in a circle', async () => {
    await symlink(directory, join(directory, 'Hund', 'circle'));
    expect((await pictureFolder(directory, { size: 8 })).size).toBe(3);
  });
});

describe('a folder that cannot be used', () => {
  it.each([
    ['is not there', 'nowhere', /cannot read the folder .*nowhere: there is nothing at that path; check its spelling/],
    ['is a file', 'file.txt', /it is a file; give the folder that holds the pictures/],
    ['is empty', 'empty', /no picture in .*empty can be used\. Looked for \.png .* in it and its sub-folders/],
    ['holds other files', 'texts', /found 1 other files such as notes\.md/],
    [
      'holds broken pictures only',
      'broken',
      /no picture in .* can be used\. Skipped a\.png: the file is empty; b\.png: not a picture/,
    ],
    ['holds one picture', 'one', /only one picture in .* can be used \(a\.png\); training needs at least two/],
  ])('%s', async (_, name, message) => {
    await put('file.txt', 'a file');
    await put('texts/notes.md', 'a text');
    await put('broken/a.png', '');
    await put('broken/b.png', 'a text');
    await put('one/a.png', plain('red').png());
    await mkdir(join(directory, 'empty'));
    await expect(pictureFolder(join(directory, name), { size: 8 })).rejects.toThrow(message);
  });

  it.each([
    [{ size: 0 }, /'size' must be a whole number from 4 up to 1024, got 0/],
    [{ size: 5000 }, /'size' must be a whole number from 4 up to 1024, got 5000/],
    [{ size: 8, channels: 2 as 3 }, /'channels' must be one of 1, 3, 4, 'auto', got 2/],
    [{ size: 8, colour: true } as { size: number }, /unknown option 'colour'/],
    [{ size: 8, background: 'no colour' }, /background must be a CSS colour .* got 'no colour'/],
    [{ size: 8, cacheBytes: -1 }, /'cacheBytes' must be a number from 0, got -1/],
    [{ size: 8, classes: 'yes' as 'auto' }, /'classes' must be one of 'auto', 'folders', 'none', got 'yes'/],
  ])('refuses %o', async (options, message) => {
    await put('a.png', plain('red').png());
    await put('b.png', plain('red').png());
    await expect(pictureFolder(directory, options)).rejects.toThrow(message);
  });
});

describe('a folder larger than memory', () => {
  beforeEach(async () => {
    await put('0.png', plain('#000000').png());
    await put('1.jpg', half(await noise(64).jpeg().toBuffer()));
    await put('2.png', plain('#00ff00').png());
    await put('3.png', plain('#ff0000').png());
  });
  const options = { size: 8, cacheBytes: 0, decodeFirst: false } as const;

  it('replaces a picture that turns out to be broken by the next, always the same, and counts it once', async () => {
    const dataset = await pictureFolder(directory, options);
    expect(dataset.size).toBe(4);
    expect(dataset.skipped).toEqual([]);
    const { pictures } = await fetch(dataset, [1, 2, 1]);
    expect(pictures.map((picture) => middle(picture, 8))).toEqual([
      [0, 255, 0],
      [0, 255, 0],
      [0, 255, 0],
    ]);
    expect(dataset.skipped.map(({ name }) => name)).toEqual(['1.jpg']);
  });

  it('goes on while single files break, and says so when all are gone', async () => {
    const dataset = await pictureFolder(directory, options);
    await truncate(join(directory, '3.png'), 0);
    expect(middle((await fetch(dataset, [3])).pictures[0]!, 8)).toEqual([0, 0, 0]);
    for (const name of ['0.png', '2.png']) await rm(join(directory, name));
    await expect(dataset.batch([0])).rejects.toThrow(/0\.png and the pictures after it cannot be read any more/);
  });

  it('asks the disk once for what it may keep', async () => {
    const dataset = await pictureFolder(directory, { size: 8 });
    expect(dataset.size).toBe(3);
    await rm(join(directory, '3.png'));
    expect(middle((await fetch(dataset, [2])).pictures[0]!, 8)).toEqual([255, 0, 0]);
  });

  it('stops when asked to, before and after it is open', async () => {
    await expect(pictureFolder(directory, { ...options, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const controller = new AbortController();
    const dataset = await pictureFolder(directory, { ...options, signal: controller.signal });
    controller.abort();
    await expect(dataset.batch([0])).rejects.toThrow(/abort/i);
    expect(dataset.skipped).toEqual([]);
  });
});

it('reports how far it is', async () => {
  for (let i = 0; i < 5; i++) await put(`${i}.png`, plain('red').png());
  const seen: string[] = [];
  await pictureFolder(directory, { size: 8, onProgress: ({ stage, done, total }) => seen.push(`${stage} ${done}/${total}`) });
  expect(seen.slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((done) => `listing ${done}/5`));
  expect(seen.slice(5)).toEqual([1, 2, 3, 4, 5].map((done) => `decoding ${done}/5`));
});

it('has a fingerprint that changes with the pictures and the settings, and with nothing else', async () => {
  await put('a.png', plain('red').png());
  await put('b.png', plain('lime').png());
  const open = async (size = 8) => (await pictureFolder(directory, { size })).fingerprint;
  const before = await open();
  expect(await open()).toBe(before);
  await put('readme.txt', 'a text');
  expect(await open()).toBe(before);
  expect(await open(9)).not.toBe(before);
  await put('b.png', plain('blue').png());
  expect(await open()).not.toBe(before);
});
