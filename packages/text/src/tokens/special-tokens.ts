/**
 * The token that ends a text. It also fills what is left of its row, and stands before the first token of a language model: three uses that never
 * meet, so one number is enough, and a model has one thing less to learn.
 */
export const END = 0;

/** The token of everything that the vocabulary does not hold. */
export const UNKNOWN = 1;

/** How {@link UNKNOWN} reads in a decoded text. */
export const UNKNOWN_TEXT = '\uFFFD';

/** How many tokens come before the first one that stands for a piece of text. */
export const SPECIAL_TOKENS = 2;
