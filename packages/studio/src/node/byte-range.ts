import { Refusal } from './refusal.js';

/** Bytes of a file, both ends among them. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The range that a `Range` header asks for (RFC 9110, section 14): one range, as browsers ask for when they play a sound; undefined for the whole.
 *
 * @throws Refusal for a range that is malformed, outside of the file, or one of several
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  const isSuffix = from === '';
  const first = isSuffix ? Math.max(0, size - Number(to)) : Number(from);
  const last = isSuffix || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  const isAsked = isSuffix ? Number(to) > 0 : true;
  if (!isAsked || first > last || (from === '' && to === ''))
    throw new Refusal(416, 'There is no such range.', { 'content-range': `bytes */${size}` });
  return { first, last };
}
