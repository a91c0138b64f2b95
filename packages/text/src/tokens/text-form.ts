import { custom } from '@polygan/core';
import { END, UNKNOWN } from './special-tokens.js';

/**
 * The form that texts share: for each place of a row the tokens that never stand there, in rising order. Verses have their marks at the same places and
 * nowhere else, codes their digits, sentences begin with few words.
 */
export type TextForm = readonly (readonly number[])[];

/** So often a token should stand at a place for its absence to be a rule and no accident: the chance of that would be e⁻³⁰. */
const EXPECTED = 30;

/** As many different texts decide; more would say the same. */
const MOST = 100_000;

/**
 * Finds the {@link TextForm} of texts by the tokens that are not where they should be. If places meant nothing, a token would stand at each place in
 * proportion to its share of all tokens; where 30 are expected by that and there is none, it is a rule. So frequent tokens alone can be absent, few texts
 * have no form, and rare words may go anywhere. The unknown token is absent everywhere. Equal texts count once.
 *
 * @param texts tokens of each, without those that fill its row
 * @param length tokens in a row
 */
export function formOf(texts: Iterable<ArrayLike<number>>, length: number): TextForm {
  const counts = Array.from({ length }, () => new Map<number, number>());
  const count = (place: number, token: number) => counts[place]!.set(token, (counts[place]!.get(token) ?? 0) + 1);
  /** Texts that have not ended before a place, and those that have. */
  const going = new Float64Array(length);
  const ended = new Float64Array(length);
  const seen = new Set<string>();
  for (const text of texts) {
    const key = Array.from(text).join();
    if (seen.has(key)) continue;
    if (seen.size === MOST) break;
    seen.add(key);
    for (let place = 0; place < length; place++) {
      if (place > text.length) ended[place]! += 1;
      else {
        going[place]! += 1;
        count(place, place === text.length ? END : text[place]!);
      }
    }
  }
  const all = going.reduce((sum, texts) => sum + texts, 0);
  const totals = new Map<number, number>([[END, 0]]);
  for (const places of counts) for (const [token, times] of places) totals.set(token, (totals.get(token) ?? 0) + times);
  return counts.map((here, place) => {
    const absent = [...totals].filter(([token, times]) => {
      // A text that has ended stays so.
      if (token === UNKNOWN || here.has(token) || (token === END && ended[place]! > 0)) return false;
      return times === 0 || (going[place]! * times) / all >= EXPECTED;
    });
    return [UNKNOWN, ...absent.map(([token]) => token)].sort((a, b) => a - b);
  });
}

/** The field of an option that is a {@link TextForm}. */
export const formField = custom<TextForm>('a list with a list of tokens for each place', isForm, { default: [] });

function isForm(given: unknown): boolean {
  const isTokens = (place: unknown) => Array.isArray(place) && place.every((token) => Number.isInteger(token) && token >= 0);
  return Array.isArray(given) && given.every(isTokens);
}

/** What is added to logits, `[length × vocabulary]`: nothing, and so much less for absent tokens that they are never drawn. */
export function formLogits(form: TextForm, length: number, vocabulary: number): Float32Array {
  const logits = new Float32Array(length * vocabulary);
  for (const [place, tokens] of form.entries()) {
    for (const token of tokens) if (place < length && token < vocabulary) logits[place * vocabulary + token] = -1e9;
  }
  return logits;
}
