import { custom } from '@polygan/core';
import type { Tokenizer, TokenizerDescription } from './tokenizer.js';

/** The field of a tokenizer's description. */
export const tokenizerField = custom<TokenizerDescription>(
  'a tokenizer or its description',
  (given) => typeof given === 'object' && given !== null && 'vocabulary' in given,
);

/** Options whose tokenizer has become its description, which a run can store. */
export function describedTokenizer<Options extends { readonly tokenizer: Tokenizer | TokenizerDescription }>(
  options: Options,
): Omit<Options, 'tokenizer'> & { readonly tokenizer: TokenizerDescription } {
  const given = options.tokenizer as Partial<Tokenizer> | undefined;
  return { ...options, tokenizer: (given?.toJSON?.() ?? given) as TokenizerDescription };
}
