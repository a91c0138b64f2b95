import type { SkippedFile } from '@polygan/core/node';
import { METADATA_FILES, metadataLines, normalName } from './metadata-lines.js';

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

const SOUND_ENDING = /\.(wave?|flac|mp3|ogg|oga|opus)$/i;

/**
 * Reads which files and words of a folder belong together, a line for each thing, as Hugging Face data sets have it: `image_file_name`, `audio_file_name` (or
 * `file_name` for either), `text` and `label`, any of which may be missing.
 *
 * @throws if the folder has no such file
 */
export async function readMetadata(directory: string): Promise<Metadata> {
  const found = await metadataLines(directory);
  if (!found) {
    throw new Error(
      `there is no ${METADATA_FILES.join(' or ')} in ${directory}; it says on a line for each thing which files and words belong together: ` +
        '{"image_file_name": "1.png", "audio_file_name": "1.wav", "text": "a dog"}',
    );
  }
  const { file, lines } = found;
  const rows: MetadataRow[] = [];
  const skipped: SkippedFile[] = [];
  for await (const { line, fields } of lines) {
    const row = typeof fields === 'string' ? fields : rowOf(fields);
    if (typeof row === 'string') skipped.push({ name: `line ${line} of ${file}`, reason: row });
    else rows.push(row);
  }
  return { file, rows, skipped };
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
  const outside = Object.values(named).find((name) => name !== undefined && /^(\.\.\/|\/)/.test(normalName(name)));
  if (outside !== undefined) return `${outside} lies outside of the folder`;
  const row = {
    ...(named.image !== undefined && { image: normalName(named.image) }),
    ...(named.audio !== undefined && { audio: normalName(named.audio) }),
    ...(field('text') !== undefined && { text: field('text')! }),
  };
  if (Object.keys(row).length === 0) return 'it names no image_file_name, no audio_file_name and no text';
  const label = field('label');
  return { ...row, ...(label !== undefined && { label }) };
}
