import { integer, oneOf, resolveOptions, string } from '@polygan/core';
import { PICTURE_CHANNELS, type Picture, type PictureChannels } from '../pictures.js';
import { decodePicture } from './decode-picture.js';

/** Options of {@link readPicture}. */
export interface ReadPictureOptions {
  /** Width and height in pixels that the picture gets. */
  readonly size: number;
  /** 1 for grey, 3 for colour, 4 for colour with opacity. */
  readonly channels: PictureChannels;
  /** What a transparent picture is laid on, a CSS colour; default white. */
  readonly background?: string;
}

const schema = {
  size: integer({ min: 4, max: 1024 }),
  channels: oneOf(PICTURE_CHANNELS),
  background: string({ default: 'white' }),
};

/**
 * One picture file (PNG, JPEG, WebP, GIF, TIFF, AVIF) as a model sees it, made square by a centre crop: what `pictureFolder` makes of each.
 *
 * @throws if there is no such file, it is not a whole picture, or an option is unknown or not what it must be
 */
export async function readPicture(file: string, options: ReadPictureOptions): Promise<Picture> {
  const { size, channels, background } = resolveOptions('readPicture', options, schema);
  const data = await decodePicture(file, { size, channels, background }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new Error(`readPicture: cannot read ${file}: ${reason}`, { cause: error });
  });
  return { width: size, height: size, channels, data };
}
