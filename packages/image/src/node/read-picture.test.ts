import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPicture } from './read-picture.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'picture-'));
});
afterAll(() => rm(directory, { recursive: true }));

it('gives the middle of a picture, laid on a background, in the size and the channels that were asked for', async () => {
  // Red, with a column of nothing in the middle of three.
  const pixels = Uint8Array.from(
    { length: 12 * 8 * 4 },
    (_, i) => [255, 0, 0, Math.floor((i % 48) / 16) === 1 ? 0 : 255][i % 4]!,
  );
  await sharp(pixels, { raw: { width: 12, height: 8, channels: 4 } })
    .png()
    .toFile(join(directory, 'a.png'));
  const picture = await readPicture(join(directory, 'a.png'), { size: 8, channels: 3, background: 'blue' });
  expect([picture.width, picture.height, picture.channels, picture.data.length]).toEqual([8, 8, 3, 8 * 8 * 3]);
  // Of columns 2 to 9, the middle third is columns 4 to 7.
  const row = Array.from({ length: 8 }, (_, x) => [...picture.data.subarray(3 * x, 3 * x + 3)].join());
  expect(row).toEqual([...Array(2).fill('255,0,0'), ...Array(4).fill('0,0,255'), ...Array(2).fill('255,0,0')]);
  expect((await readPicture(join(directory, 'a.png'), { size: 4, channels: 1 })).data).toHaveLength(16);
});

it('says what is wrong with a file', async () => {
  const options = { size: 8, channels: 3 } as const;
  await expect(readPicture(join(directory, 'b.png'), options)).rejects.toThrow(/b.png: there is no such file/);
  await writeFile(join(directory, 'c.png'), 'words');
  await expect(readPicture(join(directory, 'c.png'), options)).rejects.toThrow(/c.png: the file is damaged or cut short/);
});
