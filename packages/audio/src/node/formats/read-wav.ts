import { open } from 'node:fs/promises';
import { type BlockDecoder, decodeImaBlock, decodeMicrosoftBlock } from './adpcm.js';
import type { SoundHeader } from './sound-header.js';
import { samplesOf, type WavLayout } from './wav-header.js';
import { WaveFile } from './wave-file.js';

/** wavefile's own decoder of IMA ADPCM takes one channel, repeats a sample in each block and leaves the last block out. */
const BLOCK_DECODERS: Readonly<Record<number, BlockDecoder>> = { 2: decodeMicrosoftBlock, 17: decodeImaBlock };

/**
 * Samples `start` up to `end` of each channel of a WAV file, in -1…1 (floats as they are). Only their bytes are read.
 *
 * @throws with a reason in few words, if the file cannot be read any more
 */
export async function readWav(
  path: string,
  { channels, length, wav }: SoundHeader,
  start: number,
  end: number,
): Promise<Float32Array[]> {
  const layout = wav!;
  const last = Math.min(end, length);
  const firstBlock = Math.floor(start / layout.blockLength);
  const from = firstBlock * layout.blockBytes;
  const to = Math.min(layout.bytes, Math.ceil(last / layout.blockLength) * layout.blockBytes);
  if (to <= from) return Array.from({ length: channels }, () => new Float32Array(0));
  const bytes = await readBytes(path, layout.start + from, to - from);
  const decode = BLOCK_DECODERS[layout.encoding];
  const decoded = decode ? decodeBlocks(bytes, channels, layout, decode) : decodeWithWavefile(bytes, channels, layout);
  const skipped = start - firstBlock * layout.blockLength;
  return decoded.map((samples) => samples.subarray(skipped, skipped + last - start));
}

async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    if (bytesRead < length) throw new Error('the file has become shorter');
    return buffer;
  } finally {
    await handle.close();
  }
}

function decodeBlocks(
  bytes: Buffer,
  channels: number,
  { blockBytes, blockLength, encoding }: WavLayout,
  decode: BlockDecoder,
): Float32Array[] {
  const blocks = Math.floor(bytes.length / blockBytes);
  const rest = Math.max(0, samplesOf(bytes.length - blocks * blockBytes, channels, encoding));
  const result = Array.from({ length: channels }, () => new Float32Array(blocks * blockLength + rest));
  for (let block = 0; block < blocks + Math.sign(rest); block++) {
    decode(bytes.subarray(block * blockBytes, (block + 1) * blockBytes), result, block * blockLength);
  }
  return result;
}

/** A stretch of samples as a small WAV file of its own: whatever else the file holds is left out. */
function decodeWithWavefile(
  bytes: Buffer,
  channels: number,
  { encoding, blockBytes, bitsPerSample, bigEndian }: WavLayout,
): Float32Array[] {
  const file = new WaveFile(bigEndian ? inOrder('BE') : inOrder('LE'));
  if (encoding === 6) file.fromALaw();
  if (encoding === 7) file.fromMuLaw();
  const samples: unknown = file.getSamples(false, Float32Array);
  const all = (channels === 1 ? [samples] : samples) as Float32Array[];
  if (encoding === 3) return all;
  const [middle, scale] =
    encoding === 1 && bitsPerSample === 8 ? [128, 128] : [0, encoding === 1 ? 2 ** (bitsPerSample - 1) : 32_768];
  for (const channel of all) for (let i = 0; i < channel.length; i++) channel[i] = (channel[i]! - middle) / scale;
  return all;

  function inOrder(order: 'BE' | 'LE'): Buffer {
    const header = Buffer.alloc(44);
    header.write(order === 'BE' ? 'RIFX' : 'RIFF', 0, 'latin1');
    header.write('WAVEfmt ', 8, 'latin1');
    header.write('data', 36, 'latin1');
    const write32 = (value: number, at: number) => header[`writeUInt32${order}`](value, at);
    const write16 = (value: number, at: number) => header[`writeUInt16${order}`](value, at);
    write32(36 + bytes.length, 4);
    write32(16, 16);
    write16(encoding, 20);
    write16(channels, 22);
    write32(8000, 24);
    write32(8000 * blockBytes, 28);
    write16(blockBytes, 32);
    write16(bitsPerSample, 34);
    write32(bytes.length, 40);
    return Buffer.concat([header, bytes]);
  }
}
