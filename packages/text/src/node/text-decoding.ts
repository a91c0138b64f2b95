import { open } from 'node:fs/promises';

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

/**
 * Finds the encoding of a text file by its first 64 KiB: a byte order mark, else UTF-8, else GB18030 if it gives mostly Chinese.
 *
 * @throws if the file is empty or is no text in an encoding that can be told
 */
export async function detectEncoding(path: string): Promise<string> {
  const head = await readHead(path);
  if (head.length === 0) throw new Error(`openTexts: ${path} is empty; expected a text file with a sample on each line`);
  const starts = (bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte);
  const marked = BYTE_ORDER_MARKS.find(([, bytes]) => starts(bytes));
  if (marked) return marked[0];
  const archive = ARCHIVES.find(([, bytes]) => starts(bytes));
  if (archive) throw new Error(`openTexts: ${path} is ${archive[0]}, not a text file; take the text out of it first`);
  if (head.includes(0)) {
    throw new Error(
      `openTexts: ${path} holds zero bytes, so it is not a text file, or UTF-16 without a byte order mark; if it is the latter, say encoding: 'utf-16le'`,
    );
  }
  if (decodes(head, 'utf-8') !== undefined) return 'utf-8';
  const chinese = decodes(head, 'gb18030');
  if (chinese && isMostlyHan(chinese)) return 'gb18030';
  throw new Error(
    `openTexts: ${path} is not UTF-8, and its encoding cannot be told; save it as UTF-8, or say encoding: one of ${ENCODINGS.join(', ')}`,
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

function isMostlyHan(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  // Western text of single bytes, read as GB18030, gives rare characters beyond the common block here and there, among ASCII.
  const common = text.match(/[\u4e00-\u9fff]/gu)?.length ?? 0;
  return common > letters / 2;
}
