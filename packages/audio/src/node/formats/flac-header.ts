import type { ReadableFile, SoundHeader } from './sound-header.js';

/** The header of a FLAC file: its STREAMINFO block, which always comes first. */
export async function flacHeader(file: ReadableFile): Promise<SoundHeader> {
  const info = await file.at(0, 42);
  if (info.length < 42) throw new Error('the file ends inside its header');
  const sampleRate = info.readUIntBE(18, 3) >> 4;
  const channels = ((info[20]! >> 1) & 7) + 1;
  const length = (info[21]! & 15) * 2 ** 32 + info.readUInt32BE(22);
  if (length === 0) throw new Error('the file does not say how long it is; encode it again');
  return { format: 'flac', sampleRate, channels, length };
}
