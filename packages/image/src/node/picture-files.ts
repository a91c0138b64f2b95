import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { positiveInteger, resolveOptions, type SampleFiles } from '@polygan/core';
import { type PictureGridOptions, pictureGrid, pictureGridSchema } from '../picture-grid.js';
import { decodePictures } from '../pictures.js';
import { encodePng } from './encode-png.js';

/** Options of {@link pictureFiles}. */
export interface PictureFilesOptions extends Omit<PictureGridOptions, 'scale'> {
  /** In a grid, pictures smaller than this many pixels are enlarged by a whole factor, so that one can see them; default 64. */
  readonly legibleSize?: number;
}

/** Generated pictures as PNG files: grids to look at, and one file each. */
export function pictureFiles(options: PictureFilesOptions = {}): SampleFiles {
  const { scale: _, ...gridSchema } = pictureGridSchema;
  const { legibleSize, ...grid } = resolveOptions('pictureFiles', options, {
    legibleSize: positiveInteger({ default: 64 }),
    ...gridSchema,
  });
  return {
    previewExtension: '.png',
    async writePreview(samples, path) {
      const scale = Math.max(1, Math.ceil(legibleSize / (samples.shape[2] ?? legibleSize)));
      await writeWhole(path, await encodePng(await pictureGrid(samples, { ...grid, scale })));
    },
    async writeEach(samples, directory, firstIndex) {
      const pictures = await decodePictures(samples);
      await mkdir(directory, { recursive: true });
      return Promise.all(
        pictures.map(async (picture, position) => {
          const name = `${String(firstIndex + position).padStart(6, '0')}.png`;
          await writeWhole(join(directory, name), await encodePng(picture));
          return name;
        }),
      );
    },
  };
}

/** Writes a file so that it is there as a whole or not at all. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
