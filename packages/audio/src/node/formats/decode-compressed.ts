import { readFile } from 'node:fs/promises';
import type { SoundHeader } from './sound-header.js';

/** What the decoders of the wasm-audio-decoders family have in common. */
interface Decoder {
  readonly ready: Promise<void>;
  free(): void;
}
interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly errors: readonly { readonly message: string }[];
}
interface Codec {
  /** The package that brings the decoder. */
  readonly package: string;
  /** Loads it, where it is installed. */
  load(): Promise<() => Decoder & { decodeFile(bytes: Uint8Array): Promise<Decoded> | Decoded }>;
}

type CompressedFormat = Exclude<SoundHeader['format'], 'wav'>;

const CODECS: Readonly<Record<CompressedFormat, Codec>> = {
  flac: {
    package: '@wasm-audio-decoders/flac',
    load: async () => {
      const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
      return () => new FLACDecoder();
    },
  },
  mp3: {
    package: 'mpg123-decoder',
    load: async () => {
      const { MPEGDecoder } = await import('mpg123-decoder');
      return () => {
        const decoder = new MPEGDecoder();
        return { ready: decoder.ready, free: () => decoder.free(), decodeFile: (bytes) => decoder.decode(bytes) };
      };
    },
  },
  vorbis: {
    package: '@wasm-audio-decoders/ogg-vorbis',
    load: async () => {
      const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
      return () => new OggVorbisDecoder();
    },
  },
  opus: {
    package: 'ogg-opus-decoder',
    load: async () => {
      const { OggOpusDecoder } = await import('ogg-opus-decoder');
      return () => new OggOpusDecoder();
    },
  },
};

/** A decoded file may be so many samples shorter than it says: encoders' delays are not counted by all alike. */
const TOLERANCE = 4096;

/** The decoder of a format is not installed. */
export class MissingDecoderError extends Error {
  override readonly name = 'MissingDecoderError';
}

/**
 * Finds out whether files of a format can be decoded here.
 *
 * @throws {MissingDecoderError} with the line that installs what is missing
 */
export async function requireDecoder(format: SoundHeader['format']): Promise<void> {
  if (format === 'wav') return;
  const codec = CODECS[format];
  try {
    await codec.load();
  } catch (cause) {
    throw new MissingDecoderError(`reading ${format} files needs ${codec.package}: npm install ${codec.package}`, {
      cause,
    });
  }
}

/**
 * All samples of a compressed file, in -1…1.
 *
 * @throws with a reason in few words, if the file is damaged or cut short
 */
export async function decodeCompressed(path: string, { format, length, channels }: SoundHeader): Promise<Float32Array[]> {
  const [make, bytes] = await Promise.all([CODECS[format as CompressedFormat].load(), readFile(path)]);
  const decoder = make();
  await decoder.ready;
  try {
    // A view of its own memory: decoders may take the buffer away.
    const { channelData } = await decoder.decodeFile(new Uint8Array(bytes));
    const [first] = channelData;
    if (!first || channelData.length !== channels) throw new Error('the file is damaged');
    if (first.length < length - TOLERANCE)
      throw new Error(`the file is damaged or cut short: ${first.length} of its ${length} samples are there`);
    return channelData.slice();
  } finally {
    decoder.free();
  }
}
