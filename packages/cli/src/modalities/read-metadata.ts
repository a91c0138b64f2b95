import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { SkippedFile } from '@polygan/core/node';
import { parse } from 'csv-parse';

/** What one line of `metadata.jsonl` or `metadata.csv` says of a thing: the names of its files, its words, its class. */
export interface MetadataRow {
  readonly image?: string;
  readonly audio?: string;
  readonly text?: string;
  readonly label?: string;
}

/** The lines of a folder's metadata. */
export interface Metadata {
  /** The name of the file that they stand in. */
  readonly file: string;
  readonly rows: readonly MetadataRow[];
  /** Lines that say nothing of use. */
  readonly skipped: readonly SkippedFile[];
}

/** Names of files that say which files of a folder belong together. */
export const METADATA_FILES: readonly string[] = ['metadata.jsonl', 'metadata.csv'];
const SOUND_ENDING = /\.(wave?|flac|mp3|ogg|oga|opus)$/i;

/**
 * Reads which files and words of a folder belong together, a line for each thing, as Hugging Face data sets have it: `image_file_name`, `audio_file_name` (or
 * `file_name` for either), `text` and `label`, any of which may be missing.
 *
 * @throws if the folder has no such file
 */
export async function readMetadata(directory: string): Promise<Metadata> {
  const file = await firstThatExists(directory);
  const rows: MetadataRow[] = [];
  const skipped: SkippedFile[] = [];
  const location = path.join(directory, file);
  for await (const { line, fields } of file.endsWith('.csv') ? csvRows(location) : jsonRows(location)) {
    const row = typeof fields === 'string' ? fields : rowOf(fields);
    if (typeof row === 'string') skipped.push({ name: `line ${line} of ${file}`, reason: row });
    else rows.push(row);
  }
  return { file, rows, skipped };
}

async function firstThatExists(directory: string): Promise<string> {
  for (const name of METADATA_FILES) {
    const found = await access(path.join(directory, name)).then(
      () => true,
      () => false,
    );
    if (found) return name;
  }
  throw new Error(
    `there is no ${METADATA_FILES.join(' or ')} in ${directory}; it says on a line for each thing which files and words belong together: ` +
      '{"image_file_name": "1.png", "audio_file_name": "1.wav", "text": "a dog"}',
  );
}

interface Line {
  /** From 1. */
  readonly line: number;
  /** Or why it cannot be read. */
  readonly fields: Readonly<Record<string, unknown>> | string;
}

async function* jsonRows(file: string): AsyncGenerator<Line> {
  let line = 0;
  for await (const content of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (content.trim() === '') continue;
    yield { line, fields: parsed(content.replace(/^\uFEFF/, '')) };
  }
}

function parsed(content: string): Line['fields'] {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : 'not a JSON object';
  } catch {
    return 'not JSON';
  }
}

async function* csvRows(file: string): AsyncGenerator<Line> {
  const parser = createReadStream(file, 'utf8').pipe(
    parse({ bom: true, columns: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: Record<string, unknown> }>) {
    yield { line: info.lines, fields: record };
  }
}

/** A row, or why there is nothing in it. */
function rowOf(fields: Readonly<Record<string, unknown>>): MetadataRow | string {
  const field = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || undefined : undefined;
  };
  const any = field('file_name');
  const [image, audio] = any === undefined || SOUND_ENDING.test(any) ? [undefined, any] : [any, undefined];
  const named = { image: field('image_file_name') ?? image, audio: field('audio_file_name') ?? audio };
  const outside = Object.values(named).find((name) => name !== undefined && /^(\.\.\/|\/)/.test(normal(name)));
  if (outside !== undefined) return `${outside} lies outside of the folder`;
  const row = {
    ...(named.image !== undefined && { image: normal(named.image) }),
    ...(named.audio !== undefined && { audio: normal(named.audio) }),
    ...(field('text') !== undefined && { text: field('text')! }),
  };
  if (Object.keys(row).length === 0) return 'it names no image_file_name, no audio_file_name and no text';
  const label = field('label');
  return { ...row, ...(label !== undefined && { label }) };
}

/** As listings of the folder have it. */
function normal(name: string): string {
  return path.posix.normalize(name.replaceAll('\\', '/'));
}
