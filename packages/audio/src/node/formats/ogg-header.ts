import type { ReadableFile, SoundHeader } from './sound-header.js';

/** A page is no longer than this, so the last one begins in the last so many bytes. */
const LONGEST_PAGE = 65_307;
const LAST_PAGE = 4;
/** Opus counts samples at this rate, whatever it was made from. */
const OPUS_RATE = 48_000;

/** The header of an Ogg file of Vorbis or Opus: its first page, and how many samples the last one counts. */
export async function oggHeader(file: ReadableFile): Promise<SoundHeader> {
  const first = await file.at(0, 512);
  const packet = first.subarray(27 + (first[26] ?? 0));
  const name = packet.toString('latin1', 0, 8);
  const end = await file.at(Math.max(0, file.size - LONGEST_PAGE), LONGEST_PAGE);
  const last = end.subarray(end.lastIndexOf('OggS'));
  if (packet.length < 16 || !isWhole(last) || !(last[5]! & LAST_PAGE)) throw new Error('the file is cut short');
  const counted = Number(last.readBigInt64LE(6));
  if (name === 'OpusHead') {
    return { format: 'opus', sampleRate: OPUS_RATE, channels: packet[9]!, length: counted - packet.readUInt16LE(10) };
  }
  if (name === '\x01vorbis\0')
    return { format: 'vorbis', sampleRate: packet.readUInt32LE(12), channels: packet[11]!, length: counted };
  throw new Error('an Ogg file of neither Vorbis nor Opus; convert it to .wav');
}

/** A page's header ends with a count of parts and the length of each. */
function isWhole(page: Buffer): boolean {
  const parts = page[26] ?? 0;
  const lengths = page.subarray(27, 27 + parts);
  return page.length >= 27 + parts + lengths.reduce((sum, length) => sum + length, 0) && page.length > 27;
}
