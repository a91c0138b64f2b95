import { mapConcurrently } from '@polygan/core/node';
import type { PictureFile } from './list-pictures.js';

/** At most this many pictures are looked at. */
const PROBES = 32;
const DECODE_AT_A_TIME = 8;
/** A pixel is colourful if two of its channels are further apart than JPEG's losses set those of a grey one. */
const COLOURFUL = 16;

/** 3 if one of a few pictures, evenly spread, is colourful in at least a hundredth of its pixels; else 1. Grey pictures are often stored as colour. */
export async function probeChannels(
  files: readonly PictureFile[],
  decode: (file: PictureFile, channels: 3) => Promise<Uint8Array | Uint8ClampedArray>,
): Promise<1 | 3> {
  const step = Math.max(1, files.length / PROBES);
  const probes = files.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  const colourful = await mapConcurrently(probes, DECODE_AT_A_TIME, async (file) => {
    const bytes = await decode(file, 3).catch(() => new Uint8Array());
    let count = 0;
    for (let i = 0; i < bytes.length; i += 3) {
      if (Math.max(Math.abs(bytes[i]! - bytes[i + 1]!), Math.abs(bytes[i + 1]! - bytes[i + 2]!)) > COLOURFUL) count++;
    }
    return count > bytes.length / 3 / 100;
  });
  return colourful.includes(true) ? 3 : 1;
}
