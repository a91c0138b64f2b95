/** What the tokens of a text are. */
export type TokenKind = 'character' | 'word' | 'bpe';

/** Texts as numbers and back. */
export interface Tokenizer {
  readonly kind: TokenKind;
  /** What each token reads as, by number. The first two are special: `END` and `UNKNOWN`. */
  readonly vocabulary: readonly string[];
  /** The tokens of a text, without an end. What the vocabulary does not hold becomes `UNKNOWN`. */
  encode(text: string): number[];
  /** The text of tokens, up to the first `END`. */
  decode(tokens: Iterable<number>): string;
  /** Everything that `tokenizerFrom` needs, as plain JSON. */
  toJSON(): TokenizerDescription;
}

/** A tokenizer as plain JSON, so that a run can be opened without its data. */
export interface TokenizerDescription {
  readonly kind: TokenKind;
  /** Whether texts become lower case first. */
  readonly lowercase: boolean;
  /** Without the special tokens. */
  readonly vocabulary: readonly string[];
  /** Of words: for each token, 1 if it stands without a space before it, 2 after it, 3 both, 0 neither. */
  readonly spacing?: readonly number[];
  /** Of byte pairs: the two numbers that each merge joins, in the order in which they were learned. */
  readonly merges?: readonly (readonly [number, number])[];
}
