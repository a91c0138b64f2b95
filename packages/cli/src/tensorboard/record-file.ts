import crc32c from 'crc-32/crc32c.js';

/** A record as TFRecord files have it: length, its checksum, content, its checksum, all little-endian. */
export function encodeRecord(content: Uint8Array): Uint8Array {
  const record = Buffer.alloc(8 + 4 + content.length + 4);
  record.writeBigUInt64LE(BigInt(content.length), 0);
  record.writeUInt32LE(maskedChecksum(record.subarray(0, 8)), 8);
  record.set(content, 12);
  record.writeUInt32LE(maskedChecksum(content), 12 + content.length);
  return record;
}

/** The CRC-32C, turned and shifted so that checksums of what holds checksums are sound. */
function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c.buf(bytes) >>> 0;
  const turned = ((checksum >>> 15) | (checksum << 17)) >>> 0;
  return (turned + 0xa282ead8) >>> 0;
}
