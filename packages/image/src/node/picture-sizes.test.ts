import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pictureSizes } from './picture-sizes.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sizes-'));
  const put = (name: string, width: number, orientation?: number) =>
    sharp({ create: { width, height: 10, channels: 3, background: 'red' } })
      .withMetadata(orientation ? { orientation } : {})
      .jpeg()
      .toFile(join(directory, name));
  await put('a.jpg', 20);
  await put('b.jpg', 30, 6);
  await put('c.jpg', 40);
  await put('d.jpg', 50);
  await writeFile(join(directory, 'e.png'), 'no picture');
});
afterEach(() => rm(directory, { recursive: true }));

it('gives the sizes as the pictures are seen', async () => {
  expect(await pictureSizes(directory)).toEqual([
    { width: 20, height: 10 },
    { width: 10, height: 30 },
    { width: 40, height: 10 },
    { width: 50, height: 10 },
  ]);
});

it('looks at some of many', async () => {
  expect((await pictureSizes(directory, { atMost: 2 })).map(({ width }) => width)).toEqual([20, 40]);
});
