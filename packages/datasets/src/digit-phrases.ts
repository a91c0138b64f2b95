const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Ways to write a digit; `#` is where its word or its sign stands. */
const PATTERNS = [
  '#',
  'a #',
  'the number #',
  'the digit #',
  'this is a #',
  'it is a #',
  'here is a #',
  'a handwritten #',
  'number #',
  'I see a #',
];

/** How a digit can be written: "seven", "an eight", "the number 7", … Twenty ways for each, words first. */
export function digitPhrases(digit: number): string[] {
  return [WORDS[digit]!, String(digit)].flatMap((name) => PATTERNS.map((pattern) => phrase(pattern, name)));
}

/** Which digit one of {@link digitPhrases} means; undefined where the text is none of them: the judge of generated words, which is never wrong. */
export function digitOfPhrase(text: string): number | undefined {
  return DIGIT_OF.get(text.trim().toLowerCase());
}

function phrase(pattern: string, name: string): string {
  const article = /^(e|8)/.test(name) ? 'an #' : 'a #';
  return pattern.replace('a #', article).replace('#', name);
}

const DIGIT_OF = new Map(WORDS.flatMap((_, digit) => digitPhrases(digit).map((text) => [text.toLowerCase(), digit] as const)));
