import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** Bytes; what the page sends is far smaller. */
const LARGEST = 1024;

/**
 * The JSON that a request carries.
 *
 * @throws Refusal if it is no JSON, or too much
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new Refusal(415, 'What is sent must be application/json.');
  if (Number(request.headers['content-length'] ?? 0) > LARGEST) throw tooMuch();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LARGEST) throw tooMuch();
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw new Refusal(400, 'What was sent is no JSON.');
  }
}

function tooMuch(): Refusal {
  // The rest is not waited for.
  return new Refusal(413, `At most ${LARGEST} bytes can be sent.`, { connection: 'close' });
}
