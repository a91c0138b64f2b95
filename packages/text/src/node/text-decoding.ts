import { open } from 'node:fs/promises';
import { analyse } from 'chardet';
import { TextOptionError } from './text-option-error.js';

/** Encodings that texts can be in, besides any other that Node's `TextDecoder` knows. */
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1251', 'windows-1252'];

const HEAD_BYTES = 1 << 16;
const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const ARCHIVES: readonly (readonly [string, readonly number[]])[] = [
  ['a gzip archive', [0x1f, 0x8b]],
  ['a zip archive or an office document', [0x50, 0x4b, 3, 4]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
];

/** How sure the detector must be, of 100, that a file is GB18030: short files and files of other encodings stay below. */
const SURE = 80;
/** Such a share of the zero bytes of UTF-16 are at even or at odd places. */
const MOSTLY = 0.75;
/** Guesses below this, of 100, are not told. */
const LIKELY = 30;
/** What ISO-2022-JP, which is made of ASCII alone, switches to Japanese by: ESC $. */
const SHIFT_TO_JAPANESE = '\u001b$';

/**
 * Finds the encoding of a text file by its first 64 KiB: a byte order mark, else UTF-8, else GB18030 if it surely is that.
 *
 * @throws TextOptionError if the encoding cannot be told for sure: nearly any bytes can be read in some wrong encoding, without a sign of it
 * @throws if the file is empty or no text
 */
export async function detectEncoding(path: string): Promise<string> {
  const head = await readHead(path);
  if (head.length === 0) throw new Error(`openTexts: ${path} is empty; expected a text file with a sample on each line`);
  const starts = (bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte);
  const marked = BYTE_ORDER_MARKS.find(([, bytes]) => starts(bytes));
  if (marked) return marked[0];
  const archive = ARCHIVES.find(([, bytes]) => starts(bytes));
  if (archive) throw new Error(`openTexts: ${path} is ${archive[0]}, not a text file; take the text out of it first`);
  if (head.includes(0)) refuseZeros(path, head);
  const unicode = decodes(head, 'utf-8');
  if (unicode !== undefined && !unicode.includes(SHIFT_TO_JAPANESE)) return 'utf-8';
  const [best, next] = analyse(head).filter(({ name }) => decodes(head, name) !== undefined);
  if (best?.name === 'GB18030' && best.confidence >= SURE && best.confidence > (next?.confidence ?? 0)) return 'gb18030';
  if (best && best.confidence >= LIKELY) {
    const { name } = best;
    throw new TextOptionError(`${path} is not UTF-8, it may be ${name}; save it as UTF-8, or`, 'encoding', name.toLowerCase());
  }
  throw new TextOptionError(
    `${path} is not UTF-8, and its encoding cannot be told (one of ${ENCODINGS.join(', ')}, …); save it as UTF-8, or`,
    'encoding',
  );
}

/** A decoder of an encoding that refuses wrong bytes. @throws if Node does not know the encoding */
export function strictDecoder(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new Error(`openTexts: unknown encoding '${encoding}'; known are ${ENCODINGS.join(', ')}`, { cause });
  }
}

/** Of ASCII characters in UTF-16, the byte that stands first or that which stands second is zero; in pictures and programs both are. */
function refuseZeros(path: string, head: Uint8Array): never {
  let [first, second] = [0, 0];
  head.forEach((byte, place) => {
    if (byte === 0) place % 2 === 0 ? first++ : second++;
  });
  if (Math.max(first, second) < MOSTLY * (first + second)) {
    throw new Error(`openTexts: ${path} holds zero bytes, so it is not a text file; expected one with a sample on each line`);
  }
  throw new TextOptionError(
    `${path} holds zero bytes, so it is not a text file, or UTF-16 without a byte order mark; if it is the latter`,
    'encoding',
    first > second ? 'utf-16be' : 'utf-16le',
  );
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The text of bytes that may end in the middle of a character, or undefined if they are not of this encoding. */
function decodes(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return strictDecoder(encoding).decode(bytes, { stream: bytes.length === HEAD_BYTES });
  } catch {
    return undefined;
  }
}
