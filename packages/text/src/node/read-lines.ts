import { createReadStream } from 'node:fs';
import { strictDecoder } from './text-decoding.js';
import { TextOptionError } from './text-option-error.js';

/** Longer than any sample: a file without line breaks is not a file of samples. */
const LONGEST_LINE = 2 ** 20;

/**
 * The decoded text of a file, piece by piece, however large it is. A byte order mark stays out.
 *
 * @param onBytes told how many bytes are decoded, after each piece
 * @throws where bytes are wrong
 */
export async function* readDecoded(
  path: string,
  encoding: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string, void, undefined> {
  const decoder = strictDecoder(encoding);
  let bytes = 0;
  const decode = (chunk?: Buffer): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new TextOptionError(
        `${path} is not ${encoding} after about byte ${bytes}; save it as UTF-8, or`,
        'encoding',
        undefined,
        cause,
      );
    }
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    yield decode(chunk);
    bytes += chunk.length;
    onBytes?.(bytes);
  }
  yield decode();
}

/** The lines of decoded text, without their ends (LF, CRLF or CR). @throws for a line that no sample can be */
export async function* splitLines(pieces: AsyncIterable<string>, path: string): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > LONGEST_LINE) {
      throw new Error(
        `openTexts: ${path} has a line of more than ${LONGEST_LINE} characters; expected a sample on each line, so put line breaks between samples`,
      );
    }
  }
  if (rest !== '') yield rest.replace(/\r$/, '');
}
