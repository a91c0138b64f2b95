import { join } from 'node:path';
import { positiveInteger, resolveOptions } from '@polygan/core';
import { mapConcurrently } from '@polygan/core/node';
import sharp from 'sharp';
import { listPictures } from './list-pictures.js';

/** Options of {@link pictureSizes}. */
export interface PictureSizesOptions {
  /** At most so many pictures are looked at, evenly spread. Default 2000. */
  readonly atMost?: number;
}

/** A size in pixels, as the picture is seen: after its EXIF data have turned it. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const FILES_AT_A_TIME = 16;

/**
 * The sizes of the pictures in a folder and its sub-folders, from their headers: quick, and enough to choose a `size` to train with. Files whose
 * header cannot be read are passed over.
 *
 * @throws if the folder cannot be read, or an option is unknown or not what it must be
 */
export async function pictureSizes(directory: string, options: PictureSizesOptions = {}): Promise<PictureSize[]> {
  const { atMost } = resolveOptions('pictureSizes', options, { atMost: positiveInteger({ default: 2000 }) });
  const { pictures } = await listPictures(directory);
  const step = Math.max(1, pictures.length / atMost);
  const chosen = pictures.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  const sizes = await mapConcurrently(chosen, FILES_AT_A_TIME, ({ name }) =>
    sharp(join(directory, name))
      .metadata()
      .then(
        ({ autoOrient: { width, height } }) => ({ width, height }),
        () => undefined,
      ),
  );
  return sizes.filter((size) => size !== undefined);
}
