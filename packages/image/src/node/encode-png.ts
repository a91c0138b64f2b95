import sharp from 'sharp';
import type { Picture, PictureChannels } from '../pictures.js';

/** A picture as the bytes of a PNG file; grey pictures stay grey. */
export function encodePng({ data, width, height, channels }: Picture): Promise<Buffer> {
  const image = sharp(data, { raw: { width, height, channels: channels as PictureChannels } });
  return (channels === 1 ? image.toColourspace('b-w') : image).png().toBuffer();
}
