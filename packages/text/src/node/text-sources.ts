import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parse } from 'csv-parse';
import { readDecoded, splitLines } from './read-lines.js';
import { detectEncoding } from './text-decoding.js';
import { TextOptionError } from './text-option-error.js';

/** One text as it stands in the data. */
export interface RawText {
  readonly text: string;
  readonly className?: string;
}

/** Where texts come from. */
export interface TextSource {
  /** 'auto', or an encoding. */
  readonly encoding: string;
  /** Of tables: the field that holds the text. */
  readonly field: string;
  /** Of tables: the field that holds the class. */
  readonly labelField: string;
}

const TABLES = ['.csv', '.tsv', '.jsonl', '.ndjson'];
const TEXT_ENDING = '.txt';
/** More than any text that is one sample. */
const LONGEST_FILE = 16 * 2 ** 20;

/**
 * The texts that a path holds, one after another: the lines of a file, the rows of a table, or the files of a folder.
 *
 * @param onShare told which share of them has been read, 0 to 1, every now and then; what it throws ends the reading
 * @throws if there is nothing at the path, or what is there are no texts
 */
export async function* readTexts(
  path: string,
  source: TextSource,
  onShare?: (share: number) => void,
): AsyncGenerator<RawText, void, undefined> {
  const found = await stat(path).catch((cause: Error) => {
    throw new Error(
      `openTexts: there is nothing at ${path}; expected a text file with a sample on each line, or a folder of text files`,
      {
        cause,
      },
    );
  });
  if (found.isDirectory()) yield* folderTexts(path, source, onShare);
  else yield* fileTexts(path, source, (bytes) => onShare?.(bytes / found.size));
}

async function* fileTexts(
  path: string,
  { encoding, field, labelField }: TextSource,
  onBytes: (bytes: number) => void,
): AsyncGenerator<RawText, void, undefined> {
  const decoded = readDecoded(path, encoding === 'auto' ? await detectEncoding(path) : encoding, onBytes);
  const ending = extname(path).toLowerCase();
  if (!TABLES.includes(ending)) {
    for await (const line of splitLines(decoded, path)) yield { text: line };
    return;
  }
  const isCsv = ending === '.csv' || ending === '.tsv';
  let row = 0;
  for await (const record of isCsv ? csvRecords(decoded, ending === '.tsv' ? '\t' : ',', path) : jsonRecords(decoded, path)) {
    row += 1;
    const text = record[field];
    if (typeof text !== 'string') {
      const fields = Object.keys(record).join(', ');
      throw new TextOptionError(
        `row ${row} of ${path} has no text in the field '${field}', its fields are ${fields};`,
        'field',
        Object.keys(record).find((name) => typeof record[name] === 'string'),
      );
    }
    const label = record[labelField];
    yield { text, ...(label !== undefined && label !== null && label !== '' && { className: String(label) }) };
  }
}

type TableRow = Readonly<Record<string, unknown>>;

async function* csvRecords(
  decoded: AsyncIterable<string>,
  delimiter: string,
  path: string,
): AsyncGenerator<TableRow, void, undefined> {
  const parser = parse({ columns: true, delimiter, relax_column_count_less: true, skip_empty_lines: true });
  const written = (async () => {
    for await (const piece of decoded) {
      if (!parser.write(piece)) await new Promise((resolve) => parser.once('drain', resolve));
    }
    parser.end();
  })().catch((error: Error) => parser.destroy(error));
  try {
    yield* parser as AsyncIterable<TableRow>;
    await written;
  } catch (cause) {
    const { message } = cause as Error;
    throw message.startsWith('openTexts')
      ? cause
      : new Error(`openTexts: ${path} is not a table of the expected form: ${message}`, { cause });
  }
}

async function* jsonRecords(decoded: AsyncIterable<string>, path: string): AsyncGenerator<TableRow, void, undefined> {
  let number = 0;
  for await (const line of splitLines(decoded, path)) {
    number += 1;
    if (line.trim() === '') continue;
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch (cause) {
      throw new Error(`openTexts: line ${number} of ${path} is not JSON: ${(cause as Error).message}`, { cause });
    }
    if (typeof record !== 'object' || record === null)
      throw new Error(`openTexts: line ${number} of ${path} is not a JSON object`);
    yield record as TableRow;
  }
}

/** Each text file is a sample; the first sub-folder is its class if every file lies in one of at least two. */
async function* folderTexts(
  directory: string,
  { encoding }: TextSource,
  onShare?: (share: number) => void,
): AsyncGenerator<RawText, void, undefined> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && extname(entry.name).toLowerCase() === TEXT_ENDING)
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length).replaceAll('\\', '/').replace(/^\/+/, ''))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
    .sort((a, b) => (a < b ? -1 : 1));
  if (names.length === 0) {
    throw new Error(
      `openTexts: no ${TEXT_ENDING} files in ${directory} or its sub-folders; give a folder of them, or one file with a sample on each line`,
    );
  }
  const folders = names.map((name) => name.slice(0, Math.max(0, name.indexOf('/'))));
  const hasClasses = new Set(folders).size > 1 && !folders.includes('');
  for (const [i, name] of names.entries()) {
    const path = join(directory, name);
    const { size } = await stat(path);
    if (size > LONGEST_FILE) {
      throw new Error(
        `openTexts: ${path} has ${size} bytes, too many for one sample; in a folder each file is one, so give the path of this file instead`,
      );
    }
    const isEmpty = size === 0;
    let text = '';
    if (!isEmpty)
      for await (const piece of readDecoded(path, encoding === 'auto' ? await detectEncoding(path) : encoding)) text += piece;
    onShare?.((i + 1) / names.length);
    yield { text: text.replace(/\r\n?/g, '\n'), ...(hasClasses && { className: folders[i]! }) };
  }
}
