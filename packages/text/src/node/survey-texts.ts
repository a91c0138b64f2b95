import { type OpenTextsOptions, openTexts } from './open-texts.js';

/** What texts are like, and what `openTexts` would make of them without further options. */
export interface TextSurvey {
  readonly texts: number;
  readonly tokens: 'character' | 'word' | 'bpe';
  /** Tokens in the vocabulary, the special ones among them. */
  readonly vocabulary: number;
  /** Tokens in a row. */
  readonly length: number;
  readonly tooLong: number;
  readonly empty: number;
  readonly duplicates: number;
  readonly classNames?: readonly string[];
  /** The first few texts as they come back from their tokens. */
  readonly examples: readonly string[];
}

/** Looks at texts: the defaults that they give, and how many are left out. Takes and throws what `openTexts` does. */
export async function surveyTexts(path: string, options: OpenTextsOptions = {}): Promise<TextSurvey> {
  const { size, tokenizer, length, skipped, classNames, texts } = await openTexts(path, { ...options, heldOut: 0 });
  return {
    texts: size + skipped.tooLong,
    tokens: tokenizer.kind,
    vocabulary: tokenizer.vocabulary.length,
    length,
    tooLong: skipped.tooLong,
    empty: skipped.empty,
    duplicates: skipped.duplicates,
    ...(classNames && { classNames }),
    examples: texts(5).map((tokens) => tokenizer.decode(tokens)),
  };
}
