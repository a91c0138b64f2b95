/** Options of {@link openTexts} that say how a file is to be read. */
type ReadingOption = 'encoding' | 'field' | 'tooLong';

/** Texts that cannot be read unless an option says how. */
export class TextOptionError extends Error {
  override readonly name = 'TextOptionError';

  /**
   * @param problem what is wrong, in words after which "say" and the option can stand
   * @param option of `openTexts`
   * @param value what the option must most likely be, where that can be told
   */
  constructor(
    readonly problem: string,
    readonly option: ReadingOption,
    readonly value?: string,
    cause?: unknown,
  ) {
    super(`openTexts: ${problem} say ${option}${value === undefined ? '' : `: '${value}'`}`, { cause });
  }
}
