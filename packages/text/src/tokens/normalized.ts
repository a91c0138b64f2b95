/** A text in one form: composed characters (NFC), so that the same letter is the same token, and lower case if asked for. */
export function normalized(text: string, lowercase: boolean): string {
  const composed = text.normalize('NFC');
  return lowercase ? composed.toLowerCase() : composed;
}
