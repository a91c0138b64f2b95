import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { PictureChannels } from '../pictures.js';

/** What {@link decodePicture} makes of a file. */
export interface DecodePictureOptions {
  /** Width and height of the result in pixels. */
  readonly size: number;
  /** Channels of the result: 1 grey, 3 red-green-blue (sRGB), 4 with opacity. */
  readonly channels: PictureChannels;
  /** What transparent pictures are laid on where there are fewer than 4 channels, a CSS colour. */
  readonly background: string;
}

/**
 * Any picture file as `size × size × channels` bytes: turned as its EXIF data say, laid on the background unless its opacity is kept, resized so that it covers the
 * square, cut to its centre, and converted to sRGB or grey of 8 bits. Of an animation the first picture.
 *
 * @throws with a reason in few words, if the file cannot be read or is not a whole picture
 */
export async function decodePicture(path: string, { size, channels, background }: DecodePictureOptions): Promise<Uint8Array> {
  const bytes = await readFile(path);
  try {
    const picture = sharp(bytes, { failOn: 'error' }).autoOrient();
    return await (channels === 4 ? picture.ensureAlpha() : picture.flatten({ background }))
      .resize(size, size, { fit: 'cover', position: 'centre' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer();
  } catch (cause) {
    const { message } = cause as Error;
    // Other messages cannot be told to the user: libvips keeps one text of errors for all threads, which mix there.
    throw new Error(/pixel limit/.test(message) ? 'the picture has too many pixels' : 'the file is damaged or cut short', {
      cause,
    });
  }
}
