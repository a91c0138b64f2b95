import sharp from 'sharp';
import type { Picture } from '../pictures.js';

/** A picture as the bytes of a PNG file; grey pictures stay grey. */
export function encodePng({ data, width, height, channels }: Picture): Promise<Buffer> {
  const image = sharp(data, { raw: { width, height, channels: channels as 1 | 3 | 4 } });
  return (channels === 1 ? image.toColourspace('b-w') : image).png().toBuffer();
}
