import { either, type InMemorySamples, number, positiveInteger, Random, resolveOptions, string } from '@polygan/core';
import { digitPhrases } from '../digit-phrases.js';
import { digitSamples, type Split, splitField } from './digits.js';
import { type SpokenDigitSamples, spokenDigitSamples } from './spoken-digits.js';

/** Options of {@link digitTriples}. */
export interface DigitTriplesOptions {
  /** 'train' (the default) or 'test'; the two share no picture and no clip, and one voice speaks in the test split alone. */
  readonly split?: Split;
  /** How many triples; default 10,000. */
  readonly count?: number;
  /** Samples in each sound, at 8,000 a second; default 8,192. */
  readonly length?: number;
  /** Same seed, same triples; default 1. */
  readonly seed?: number | string;
}

/** Digits in three forms: triple i is picture `image.indices[i]`, sound `audio.indices[i]` and `texts[i]`, all of the digit `labels[i]`. */
export interface DigitTriples {
  /** How many triples there are. */
  readonly size: number;
  /** The digits themselves, in turns. */
  readonly labels: Uint8Array;
  readonly classNames: readonly string[];
  /** The pictures `[28, 28, 1]` of `digits`. */
  readonly image: { readonly samples: InMemorySamples; readonly indices: Uint32Array };
  /** The sounds `[length, 1]` of `spokenDigits`. */
  readonly audio: { readonly samples: SpokenDigitSamples; readonly indices: Uint32Array };
  /** "seven", "the number 7", "this is a seven", … */
  readonly texts: readonly string[];
  /** Names the data in a run. */
  readonly fingerprint: string;
}

const schema = {
  split: splitField,
  count: positiveInteger({ default: 10_000 }),
  length: positiveInteger({ default: 8192 }),
  seed: either(number({ default: 1 }), string()),
};

/**
 * Digits as handwritten picture, spoken word and written words, which have nothing in common but the digit.
 *
 * Each picture comes once before any comes again, and so does each clip and each way of writing.
 */
export async function digitTriples(options: DigitTriplesOptions = {}): Promise<DigitTriples> {
  const { split, count, length, seed } = resolveOptions('digitTriples', options, schema);
  const pictures = await digitSamples({ split });
  const sounds = await spokenDigitSamples({ split, length });
  const random = Random.fromSeed(seed);
  const digits = Array.from({ length: 10 }, (_, digit) => {
    const stream = random.split(digit);
    return {
      picture: inTurns(membersOf(pictures.labels!, digit), stream.split('image')),
      sound: inTurns(membersOf(sounds.labels, digit), stream.split('audio')),
      text: inTurns(digitPhrases(digit), stream.split('text')),
    };
  });
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  return {
    size: count,
    labels,
    classNames: sounds.classNames!,
    image: { samples: pictures, indices: Uint32Array.from(labels, (digit) => digits[digit]!.picture()) },
    audio: { samples: sounds, indices: Uint32Array.from(labels, (digit) => digits[digit]!.sound()) },
    texts: Array.from(labels, (digit) => digits[digit]!.text()),
    fingerprint: `polygan-digit-triples-v1-${split}-${count}-${length}-${seed}`,
  };
}

function membersOf(labels: ArrayLike<number>, label: number): number[] {
  return Array.from(labels, (_, index) => index).filter((index) => labels[index] === label);
}

/** Gives one item after another, each once in an order drawn anew before any comes again. */
function inTurns<T>(items: readonly T[], random: Random): () => T {
  let order: number[] = [];
  return () => {
    if (order.length === 0) order = [...random.permutation(items.length)];
    return items[order.pop()!]!;
  };
}
