import { resolveOptions } from '@polygan/core';
import { type Split, splitField } from './digits.js';
import { linesOfSplit, type TextSamples } from './text-samples.js';

/** Options of {@link firstNames}. */
export interface FirstNamesOptions {
  /** 'train' (nine tenths, the default) or 'test'. */
  readonly split?: Split;
}

const CLASS_NAMES = ['female', 'male'];

/**
 * First names of English-speaking countries, shipped with this package: 7,982 of 2 to 13 letters, the first a capital, in two classes. Names that are
 * on both lists were left out.
 *
 * They are stdlib's lists, which took them from Moby Word II (Grady Ward); public domain.
 */
export async function firstNames(options: FirstNamesOptions = {}): Promise<TextSamples> {
  const { split } = resolveOptions('firstNames', options, { split: splitField });
  const lines = (await linesOfSplit(split, 'data', 'names', 'names.tsv')).map((line) => line.split('\t'));
  return {
    texts: lines.map(([name]) => name!),
    labels: Uint8Array.from(lines, ([, list]) => CLASS_NAMES.indexOf(list!)),
    classNames: CLASS_NAMES,
    fingerprint: `polygan-first-names-v1-${split}`,
  };
}
