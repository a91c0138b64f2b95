import { PbfWriter } from 'pbf';

/** A value of an event, by what TensorBoard makes of it. */
export type Summary =
  | { readonly tag: string; readonly scalar: number }
  | { readonly tag: string; readonly png: Uint8Array }
  | { readonly tag: string; readonly wav: Uint8Array }
  | { readonly tag: string; readonly text: string };

/** What a training says at a step. */
export interface Event {
  /** Seconds since 1970. */
  readonly time: number;
  readonly step: number;
  readonly summaries: readonly Summary[];
}

/** The first event of a file. */
export function encodeVersion(time: number): Uint8Array {
  const writer = new PbfWriter();
  writer.writeDoubleField(1, time);
  writer.writeStringField(3, 'brain.Event:2');
  return writer.finish();
}

/** Says that a training goes on from a step: what earlier files hold of later steps is void. */
export function encodeStart(time: number, step: number): Uint8Array {
  const writer = new PbfWriter();
  writer.writeDoubleField(1, time);
  writer.writeVarintField(2, step);
  writer.writeMessage(7, (_, log) => log.writeVarintField(1, 1), undefined);
  return writer.finish();
}

/** An event in TensorFlow's protocol (event.proto and summary.proto). */
export function encodeEvent({ time, step, summaries }: Event): Uint8Array {
  const writer = new PbfWriter();
  writer.writeDoubleField(1, time);
  writer.writeVarintField(2, step);
  const writeSummary = (values: readonly Summary[], summary: PbfWriter) => {
    for (const value of values) summary.writeMessage(1, writeValue, value);
  };
  writer.writeMessage(5, writeSummary, summaries);
  return writer.finish();
}

function writeValue(value: Summary, writer: PbfWriter): void {
  writer.writeStringField(1, value.tag);
  if ('scalar' in value) writer.writeFloatField(2, value.scalar);
  else if ('png' in value) writer.writeMessage(4, writeImage, Buffer.from(value.png));
  else if ('wav' in value) writer.writeMessage(6, writeAudio, Buffer.from(value.wav));
  else writeText(value.text, writer);
}

/** Sizes stand at fixed places of a PNG file's header. */
function writeImage(png: Buffer, writer: PbfWriter): void {
  const COLOURS: Readonly<Record<number, number>> = { 0: 1, 4: 2, 2: 3, 6: 4 };
  writer.writeVarintField(1, png.readUInt32BE(20));
  writer.writeVarintField(2, png.readUInt32BE(16));
  writer.writeVarintField(3, COLOURS[png[25]!] ?? 3);
  writer.writeBytesField(4, png);
}

/** As `encodeWav` of the audio package writes them: a header of 44 bytes. */
function writeAudio(wav: Buffer, writer: PbfWriter): void {
  const [channels, bytesPerFrame] = [wav.readUInt16LE(22), wav.readUInt16LE(32)];
  writer.writeFloatField(1, wav.readUInt32LE(24));
  writer.writeVarintField(2, channels);
  writer.writeVarintField(3, (wav.length - 44) / bytesPerFrame);
  writer.writeBytesField(4, wav);
  writer.writeStringField(5, 'audio/wav');
}

/** A tensor of one string for the plugin 'text'. */
function writeText(text: string, writer: PbfWriter): void {
  const DT_STRING = 7;
  const DATA_CLASS_TENSOR = 2;
  writer.writeMessage(
    8,
    (_, tensor) => {
      tensor.writeVarintField(1, DT_STRING);
      tensor.writeMessage(2, () => {}, undefined);
      tensor.writeBytesField(8, Buffer.from(text));
    },
    undefined,
  );
  writer.writeMessage(
    9,
    (_, metadata) => {
      metadata.writeMessage(1, (__, plugin) => plugin.writeStringField(1, 'text'), undefined);
      metadata.writeVarintField(4, DATA_CLASS_TENSOR);
    },
    undefined,
  );
}
