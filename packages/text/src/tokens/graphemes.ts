const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What readers count as characters: a letter with its accents, an emoji with its modifiers is one. */
export function graphemes(text: string): string[] {
  // Printable ASCII has no clusters, and is most of what comes.
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
