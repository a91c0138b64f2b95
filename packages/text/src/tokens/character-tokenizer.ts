import { graphemes } from './graphemes.js';
import { normalized } from './normalized.js';
import { END } from './special-tokens.js';
import type { Tokenizer, TokenizerDescription } from './tokenizer.js';
import type { TokenizerLearner } from './tokenizer-learner.js';
import { count, mostFrequent, vocabularyOf } from './vocabulary.js';

/** A token for each character as readers count them (grapheme clusters). Any text of known characters comes back exactly, in Unicode's composed form. */
export function characterTokenizer(description: TokenizerDescription): Tokenizer {
  const { lowercase } = description;
  const { texts, idOf } = vocabularyOf(description.vocabulary);
  return {
    kind: 'character',
    vocabulary: texts,
    encode: (text) => graphemes(normalized(text, lowercase)).map(idOf),
    decode(tokens) {
      let text = '';
      for (const token of tokens) {
        if (token === END) break;
        text += texts[token];
      }
      return text;
    },
    toJSON: () => description,
  };
}

/** Learns which characters there are. */
export function characterLearner(limit: number, lowercase: boolean): TokenizerLearner {
  const counts = new Map<string, number>();
  return {
    add(text) {
      for (const character of graphemes(normalized(text, lowercase))) count(counts, character);
    },
    finish: () => ({ kind: 'character', lowercase, vocabulary: mostFrequent(counts, limit) }),
  };
}
