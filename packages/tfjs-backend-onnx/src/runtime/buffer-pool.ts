import { bytesPerElement, type GraphDataType, type GraphValues, valuesOf } from '../graph/types.js';

/** Smaller buffers are cheap to make, and not worth keeping. */
const SMALLEST_KEPT = 4096;
/** A buffer that nobody wanted for so many generations is given up. */
const GENERATIONS_KEPT = 16;

interface IdleBuffer {
  buffer: ArrayBuffer;
  generation: number;
}

/**
 * Buffers of disposed values, for new values of the same size. A steady training takes from here all that it needs: two
 * buffers for each weight take turns.
 */
export class BufferPool {
  #idle = new Map<number, IdleBuffer[]>();
  #generation = 0;
  #bytes = 0;

  /** Bytes that wait for use. */
  get bytes(): number {
    return this.#bytes;
  }

  /** An array of `length` elements whose contents are left over from an earlier use. */
  take(dtype: GraphDataType, length: number): GraphValues {
    const bytes = length * bytesPerElement(dtype);
    const idle = this.#idle.get(bytes)?.pop();
    if (!idle) return valuesOf(dtype, length);
    this.#bytes -= bytes;
    return valuesOf(dtype, length, idle.buffer);
  }

  /** Takes back an array that nothing refers to any more. */
  give(values: GraphValues): void {
    const buffer = values.buffer;
    if (buffer.byteLength < SMALLEST_KEPT) return;
    const idle = this.#idle.get(buffer.byteLength);
    const entry = { buffer, generation: this.#generation };
    if (idle) idle.push(entry);
    else this.#idle.set(buffer.byteLength, [entry]);
    this.#bytes += buffer.byteLength;
  }

  /** Begins a generation: a graph has run. Buffers that many runs did not need are given up. */
  nextGeneration(): void {
    this.#generation++;
    if (this.#generation % GENERATIONS_KEPT !== 0) return;
    for (const [bytes, entries] of this.#idle) {
      const kept = entries.filter(({ generation }) => generation > this.#generation - GENERATIONS_KEPT);
      this.#bytes -= (entries.length - kept.length) * bytes;
      if (kept.length === 0) this.#idle.delete(bytes);
      else this.#idle.set(bytes, kept);
    }
  }

  /** Gives up all buffers. */
  clear(): void {
    this.#idle.clear();
    this.#bytes = 0;
  }
}
