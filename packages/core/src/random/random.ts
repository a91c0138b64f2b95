import * as tf from '@tensorflow/tfjs';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** What {@link Random.state} gives and {@link Random.fromState} takes; plain JSON. */
export interface RandomState {
  /** The name of the stream: four 32-bit words from which splits are derived. */
  readonly key: readonly number[];
  /** Where the stream stands: four 32-bit words. */
  readonly position: readonly number[];
}

/**
 * A seeded, splittable source of random numbers whose state can be saved (xoroshiro128+).
 *
 * Each stream has a key. {@link split} derives the key of another stream from it and a label, whatever has been drawn so far: a new consumer
 * with its own label never shifts the numbers of the others.
 */
export class Random {
  readonly #key: readonly number[];
  readonly #generator: ReturnType<typeof xoroshiro128plusFromState>;

  private constructor(key: readonly number[], position: readonly number[]) {
    this.#key = key;
    this.#generator = xoroshiro128plusFromState(position);
  }

  /** The stream of a seed; any number or string. */
  static fromSeed(seed: number | string): Random {
    const key = hash128(`seed:${seed}`);
    return new Random(key, key);
  }

  /** A stream that goes on where a saved one stood. */
  static fromState({ key, position }: RandomState): Random {
    return new Random([...key], [...position]);
  }

  /** An independent stream, the same for the same label every time. Does not advance this one. */
  split(label: string | number): Random {
    const key = hash128(`${this.#key.join(',')}/${label}`);
    return new Random(key, key);
  }

  /** Where this stream stands, as plain JSON. */
  state(): RandomState {
    return { key: [...this.#key], position: [...this.#generator.getState()] };
  }

  /** One number in [low, high), of 32 random bits. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * ((this.#generator.next() >>> 0) / 2 ** 32);
  }

  /** One whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  /** One draw from the standard normal distribution. */
  normal(): number {
    const pair = new Float32Array(2);
    this.fillNormal(pair);
    return pair[0]!;
  }

  /** Fills the array with draws from [low, high) and returns it. */
  fillUniform(array: Float32Array, low = 0, high = 1): Float32Array {
    const scale = (high - low) / 2 ** 32;
    for (let i = 0; i < array.length; i++) array[i] = low + scale * (this.#generator.next() >>> 0);
    return array;
  }

  /** Fills the array with draws from the normal distribution (Box-Muller) and returns it. */
  fillNormal(array: Float32Array, mean = 0, deviation = 1): Float32Array {
    for (let i = 0; i < array.length; i += 2) {
      // 1 - u lies in (0, 1], so the logarithm is finite.
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      array[i] = mean + radius * Math.cos(angle);
      if (i + 1 < array.length) array[i + 1] = mean + radius * Math.sin(angle);
    }
    return array;
  }

  /** The numbers 0 … count-1 in random order (Fisher-Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }

  /** A float32 tensor of draws from [low, high). The caller owns it. */
  uniformTensor<R extends tf.Rank>(shape: tf.ShapeMap[R], low = 0, high = 1): tf.Tensor<R> {
    return tf.tensor(this.fillUniform(new Float32Array(tf.util.sizeFromShape(shape)), low, high), shape, 'float32');
  }

  /** A float32 tensor of draws from the normal distribution. The caller owns it. */
  normalTensor<R extends tf.Rank>(shape: tf.ShapeMap[R], mean = 0, deviation = 1): tf.Tensor<R> {
    return tf.tensor(this.fillNormal(new Float32Array(tf.util.sizeFromShape(shape)), mean, deviation), shape, 'float32');
  }
}

/** Four well-mixed 32-bit words of a text (FNV-1a under four offsets, then the finaliser of MurmurHash3); never all zero. */
function hash128(text: string): number[] {
  return [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((offset) => {
    let h = offset;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) | 1;
  });
}
