import { normalized } from './normalized.js';
import { END, SPECIAL_TOKENS } from './special-tokens.js';
import { splitWords } from './split-words.js';
import type { Tokenizer, TokenizerDescription } from './tokenizer.js';
import type { TokenizerLearner } from './tokenizer-learner.js';
import { count, mostFrequent, vocabularyOf } from './vocabulary.js';
import { joinWords, spacingLearner } from './word-spacing.js';

/**
 * A token for each word and each mark, by {@link splitWords}. Decoding puts spaces where the data had them around that word or mark most of the time:
 * a text that is spaced like its data comes back exactly, another one comes back in their spacing.
 */
export function wordTokenizer(description: TokenizerDescription): Tokenizer {
  const { lowercase, spacing = [] } = description;
  const { texts, idOf } = vocabularyOf(description.vocabulary);
  return {
    kind: 'word',
    vocabulary: texts,
    encode: (text) => splitWords(normalized(text, lowercase)).map((piece) => idOf(piece.text)),
    decode(tokens) {
      const pieces = [];
      for (const token of tokens) {
        if (token === END) break;
        pieces.push({ text: texts[token]!, spacing: spacing[token - SPECIAL_TOKENS] ?? 0 });
      }
      return joinWords(pieces);
    },
    toJSON: () => description,
  };
}

/** Learns which words there are, and where spaces belong. */
export function wordLearner(limit: number, lowercase: boolean): TokenizerLearner {
  const counts = new Map<string, number>();
  const spaces = spacingLearner();
  return {
    add(text) {
      const pieces = splitWords(normalized(text, lowercase));
      for (const piece of pieces) count(counts, piece.text);
      spaces.add(pieces);
    },
    finish() {
      const vocabulary = mostFrequent(counts, limit);
      return { kind: 'word', lowercase, vocabulary, spacing: spaces.spacing(vocabulary) };
    },
  };
}
