import type { ReadableFile, SoundHeader } from './sound-header.js';

/** Where the samples of a WAV file lie, and how they are written. */
export interface WavLayout {
  /** Whether numbers have their first byte last (RIFX). */
  readonly bigEndian: boolean;
  /** The code of the encoding: 1 whole numbers, 2 MS ADPCM, 3 floats, 6 A-law, 7 mu-law, 17 IMA ADPCM. */
  readonly encoding: number;
  /** Where the samples begin in the file. */
  readonly start: number;
  /** Bytes of samples. */
  readonly bytes: number;
  /** Bytes of one sample of all channels, or of one block of ADPCM. */
  readonly blockBytes: number;
  /** Samples a channel in a block: 1 except for ADPCM. */
  readonly blockLength: number;
  readonly bitsPerSample: number;
}

const EXTENSIBLE = 0xfffe;
const MS_ADPCM = 2;
const IMA_ADPCM = 17;
const KNOWN: Readonly<Record<number, readonly number[]>> = { 1: [8, 16, 24, 32], 2: [4], 3: [32, 64], 6: [8], 7: [8], 17: [4] };
/** A chunk of this size was written before its end was known. */
const UNKNOWN_SIZE = 0xffffffff;

/** The header of a WAV file: RIFF, RIFX (big-endian), RF64 and BW64 (beyond 4 GB). Chunks may come in any order. */
export async function wavHeader(file: ReadableFile): Promise<SoundHeader> {
  const bigEndian = (await file.at(0, 4)).toString('latin1') === 'RIFX';
  const uint16 = (bytes: Buffer, at: number) => (bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at));
  const uint32 = (bytes: Buffer, at: number) => (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  let format: Buffer | undefined;
  let longSize: number | undefined;
  let counted: number | undefined;
  for (let position = 12; position + 8 <= file.size; ) {
    const chunk = await file.at(position, 8);
    const name = chunk.toString('latin1', 0, 4);
    let size = uint32(chunk, 4);
    const start = position + 8;
    if (name === 'ds64') longSize = Number((await file.at(start, 16)).readBigUInt64LE(8));
    // What the encoder was given; it fills the last block of ADPCM up.
    if (name === 'fact' && size >= 4) counted = uint32(await file.at(start, 4), 0);
    if (name === 'fmt ') format = await file.at(start, Math.min(size, 40));
    if (name === 'data') {
      if (!format || format.length < 16) throw new Error('the file does not say how its sound is written');
      if (size === UNKNOWN_SIZE) size = longSize ?? file.size - start;
      const header = described(format, uint16, uint32, bigEndian, start, size, file.size - start);
      return header.wav!.blockLength > 1 && counted ? { ...header, length: Math.min(counted, header.length) } : header;
    }
    position = start + size + (size % 2);
  }
  throw new Error('the file ends before its sound begins');
}

function described(
  format: Buffer,
  uint16: (bytes: Buffer, at: number) => number,
  uint32: (bytes: Buffer, at: number) => number,
  bigEndian: boolean,
  start: number,
  bytes: number,
  there: number,
): SoundHeader {
  const code = uint16(format, 0);
  const encoding = code === EXTENSIBLE && format.length >= 26 ? uint16(format, 24) : code;
  const [channels, sampleRate, blockBytes] = [uint16(format, 2), uint32(format, 4), uint16(format, 12)];
  const adpcm = encoding === MS_ADPCM || encoding === IMA_ADPCM;
  const bitsPerSample = adpcm ? uint16(format, 14) : (8 * blockBytes) / channels;
  if (channels < 1 || sampleRate < 1 || blockBytes < 1) throw new Error('its header makes no sense');
  if (!KNOWN[encoding]?.includes(bitsPerSample)) {
    throw new Error(`its encoding (WAV format ${encoding}, ${bitsPerSample} bits) cannot be read; convert it to 16-bit WAV`);
  }
  if (bytes > there) throw new Error(`the file is cut short: ${there} of ${bytes} bytes of its sound are there`);
  const blockLength = adpcm ? samplesOf(blockBytes, channels, encoding) : 1;
  if (blockLength < 1) throw new Error('its header makes no sense');
  const blocks = Math.floor(bytes / blockBytes);
  const rest = adpcm ? samplesOf(bytes - blocks * blockBytes, channels, encoding) : 0;
  return {
    format: 'wav',
    sampleRate,
    channels,
    length: blocks * blockLength + Math.max(0, rest),
    wav: { bigEndian, encoding, start, bytes, blockBytes, blockLength, bitsPerSample },
  };
}

/** Samples a channel in a block of ADPCM of so many bytes: its header holds one (IMA) or two (Microsoft), each further byte two. */
export function samplesOf(bytes: number, channels: number, encoding: number): number {
  return encoding === IMA_ADPCM
    ? 1 + Math.floor((bytes - 4 * channels) / (4 * channels)) * 8
    : 2 + Math.floor(((bytes - 7 * channels) * 2) / channels);
}
