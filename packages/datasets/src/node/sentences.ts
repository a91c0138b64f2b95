import { resolveOptions } from '@polygan/core';
import { type Split, splitField } from './digits.js';
import { linesOfSplit, type TextSamples } from './text-samples.js';

/** Options of {@link sentences}. */
export interface SentencesOptions {
  /** 'train' (nine tenths, the default) or 'test'. */
  readonly split?: Split;
}

/**
 * Short English sentences of everyday words, shipped with this package: 4 to 12 words in lower case with spaces between them, no marks but
 * apostrophes ("the news won't be on tonight"). They are 5,478, of 3,000 words at most, in no order.
 *
 * They are examples of use from WordNet 3.1 (Princeton University; licence beside the data).
 */
export async function sentences(options: SentencesOptions = {}): Promise<TextSamples> {
  const { split } = resolveOptions('sentences', options, { split: splitField });
  return {
    texts: await linesOfSplit(split, 'data', 'sentences', 'sentences.txt'),
    fingerprint: `polygan-sentences-v1-${split}`,
  };
}
