import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';

/** Names of files that say more of the files of a folder. */
export const METADATA_FILES: readonly string[] = ['metadata.jsonl', 'metadata.csv'];

/** One line of such a file. */
export interface MetadataLine {
  /** From 1. */
  readonly line: number;
  /** Or why it cannot be read. */
  readonly fields: Readonly<Record<string, unknown>> | string;
}

/** The lines of a folder's metadata. */
export interface MetadataLines {
  /** The name of the file that they stand in. */
  readonly file: string;
  readonly lines: AsyncGenerator<MetadataLine>;
}

/** The lines of the first of {@link METADATA_FILES} that a folder has; undefined where it has none. */
export async function metadataLines(directory: string): Promise<MetadataLines | undefined> {
  for (const file of METADATA_FILES) {
    const location = path.join(directory, file);
    const isThere = await access(location).then(
      () => true,
      () => false,
    );
    if (isThere) return { file, lines: file.endsWith('.csv') ? csvLines(location) : jsonLines(location) };
  }
  return undefined;
}

/** A file's name as listings of the folder have it. */
export function normalName(name: string): string {
  return path.posix.normalize(name.replaceAll('\\', '/'));
}

async function* jsonLines(file: string): AsyncGenerator<MetadataLine> {
  let line = 0;
  for await (const content of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (content.trim() === '') continue;
    yield { line, fields: parsed(content.replace(/^\uFEFF/, '')) };
  }
}

function parsed(content: string): MetadataLine['fields'] {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : 'not a JSON object';
  } catch {
    return 'not JSON';
  }
}

async function* csvLines(file: string): AsyncGenerator<MetadataLine> {
  const parser = createReadStream(file, 'utf8').pipe(
    parse({ bom: true, columns: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: Record<string, unknown> }>) {
    yield { line: info.lines, fields: record };
  }
}
