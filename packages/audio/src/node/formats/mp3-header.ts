import type { ReadableFile, SoundHeader } from './sound-header.js';

/** kbit/s by the four bits of a frame's header, for MPEG 1 and for MPEG 2 and 2.5; layer III. */
const BIT_RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000];
/** Bytes at the end that are no frame: an ID3v1 tag. */
const TAIL = 128;
/** How far behind a tag the first frame may begin. */
const SEARCHED = 65_536;

interface Frame {
  readonly sampleRate: number;
  readonly channels: number;
  readonly samples: number;
  readonly bytes: number;
  /** Where the table of a Xing or Info header begins, if this is the frame that has one. */
  readonly table: number;
}

/**
 * The header of an MP3 file. Its length comes from the table in its first frame, less what its encoder says to leave out, or from counting the frames.
 */
export async function mp3Header(file: ReadableFile): Promise<SoundHeader> {
  const begin = await afterTag(file);
  const head = await file.at(begin, SEARCHED);
  const offset = firstFrame(head);
  const frame = offset < 0 ? undefined : frameAt(head, offset);
  if (!frame) throw new Error('there is no MP3 sound in it');
  const { sampleRate, channels, samples } = frame;
  const table = head.subarray(offset + frame.table, offset + frame.table + 160);
  const counted = /^(Xing|Info)/.test(table.toString('latin1', 0, 4)) && (table.readUInt32BE(4) & 1) === 1;
  if (!counted) return { format: 'mp3', sampleRate, channels, length: samples * (await countFrames(file, begin + offset)) };
  const gaps = table.toString('latin1', 120, 124).match(/LAME|Lavf|Lavc/) ? table.readUIntBE(141, 3) : 0;
  const length = table.readUInt32BE(8) * samples - (gaps >> 12) - (gaps & 0xfff);
  const there = file.size - begin - offset;
  const bytes = table.readUInt32BE(4) & 2 ? table.readUInt32BE(12) : 0;
  if (bytes > there + TAIL) throw new Error(`the file is cut short: ${there} of ${bytes} bytes of its sound are there`);
  return { format: 'mp3', sampleRate, channels, length };
}

/** Where an ID3v2 tag ends: its length is in four bytes of seven bits. */
async function afterTag(file: ReadableFile): Promise<number> {
  const tag = await file.at(0, 10);
  if (tag.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + tag.subarray(6, 10).reduce((size, byte) => size * 128 + byte, 0);
}

/** The first place where a frame begins and another one follows it. */
function firstFrame(bytes: Buffer): number {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const frame = frameAt(bytes, at);
    if (frame && (at + frame.bytes + 4 > bytes.length || frameAt(bytes, at + frame.bytes))) return at;
  }
  return -1;
}

async function countFrames(file: ReadableFile, start: number): Promise<number> {
  const bytes = await file.at(start, file.size - start);
  let count = 0;
  for (let at = 0, frame = frameAt(bytes, 0); frame; at += frame.bytes, frame = frameAt(bytes, at)) count++;
  return count;
}

function frameAt(bytes: Buffer, at: number): Frame | undefined {
  if (at + 4 > bytes.length) return undefined;
  const header = bytes.readUInt32BE(at);
  const version = (header >>> 19) & 3;
  const bitRate = BIT_RATES[version === 3 ? 0 : 1][(header >>> 12) & 15];
  const rate = SAMPLE_RATES[(header >>> 10) & 3];
  const isLayer3 = ((header >>> 17) & 3) === 1;
  if (header >>> 21 !== 0x7ff || version === 1 || !isLayer3 || !bitRate || !rate) return undefined;
  const first = version === 3;
  const sampleRate = rate / (first ? 1 : version === 2 ? 2 : 4);
  const mono = ((header >>> 6) & 3) === 3;
  const samples = first ? 1152 : 576;
  return {
    sampleRate,
    channels: mono ? 1 : 2,
    samples,
    bytes: Math.floor(((samples / 8) * bitRate * 1000) / sampleRate) + ((header >>> 9) & 1),
    table: 4 + (first ? (mono ? 17 : 32) : mono ? 9 : 17),
  };
}
