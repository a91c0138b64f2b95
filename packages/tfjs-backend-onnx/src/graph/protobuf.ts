const utf8 = new TextEncoder();
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Writes protocol buffer messages: the small part of the wire format that an ONNX model needs. */
export class ProtobufWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** The message so far, as a view. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** An integer field; negative values take ten bytes, as the format wants for int64. */
  integer(field: number, value: number): void {
    this.#varint((field << 3) | VARINT);
    this.#varint(value);
  }

  /** A repeated integer field, packed. */
  integers(field: number, values: readonly number[]): void {
    const packed = new ProtobufWriter();
    for (const value of values) packed.#varint(value);
    this.bytes(field, packed.finish());
  }

  /** A 32-bit float field. */
  float(field: number, value: number): void {
    this.#varint((field << 3) | FIXED_32);
    this.#reserve(4);
    new DataView(this.#bytes.buffer).setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  /** A string field. */
  string(field: number, value: string): void {
    this.bytes(field, utf8.encode(value));
  }

  /** A bytes field. */
  bytes(field: number, value: Uint8Array): void {
    this.#varint((field << 3) | LENGTH_DELIMITED);
    this.#varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A field that is a message of its own. */
  message(field: number, write: (message: ProtobufWriter) => unknown): void {
    const message = new ProtobufWriter();
    write(message);
    this.bytes(field, message.finish());
  }

  #varint(value: number): void {
    this.#reserve(10);
    if (value < 0) {
      this.#varint64(BigInt.asUintN(64, BigInt(value)));
      return;
    }
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  #varint64(value: bigint): void {
    let rest = value;
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.finish());
    this.#bytes = grown;
  }
}
