const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What readers count as characters: a letter with its accents, an emoji with its modifiers is one. */
export function graphemes(text: string): string[] {
  // Single characters and printable ASCII have no clusters, and are most of what comes.
  if (text.length < 2) return text === '' ? [] : [text];
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
