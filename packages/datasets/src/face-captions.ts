/** What can be said of a face, and every word for it. */
export const FACE_ATTRIBUTES = {
  mood: ['smiling', 'sad'],
  hair: ['no', 'short', 'long', 'spiky'],
  /** 'no' where there is no hair. */
  hairColor: ['no', 'black', 'brown', 'blond', 'red', 'grey', 'blue'],
  glasses: ['no', 'glasses', 'sunglasses'],
  /** The colour of the hat. */
  hat: ['no', 'red', 'green', 'blue', 'purple'],
  /** The colour of the shirt. */
  shirt: ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'white', 'black'],
} as const;

/** One word of each list of {@link FACE_ATTRIBUTES}. */
export type FaceAttributes = { readonly [Name in keyof typeof FACE_ATTRIBUTES]: (typeof FACE_ATTRIBUTES)[Name][number] };

const list = (words: readonly string[]) => words.filter((word) => word !== 'no').join('|');
const CAPTION = new RegExp(
  `^a (?<mood>${list(FACE_ATTRIBUTES.mood)}) person with ` +
    `(?:no hair|(?<hair>${list(FACE_ATTRIBUTES.hair)}) (?<hairColor>${list(FACE_ATTRIBUTES.hairColor)}) hair)` +
    `(?:, (?<glasses>${list(FACE_ATTRIBUTES.glasses)}))?(?:, an? (?<hat>${list(FACE_ATTRIBUTES.hat)}) hat)? ` +
    `and an? (?<shirt>${list(FACE_ATTRIBUTES.shirt)}) shirt$`,
);

/** The caption of a face: "a smiling person with long brown hair, glasses, a green hat and a red shirt". */
export function faceCaption({ mood, hair, hairColor, glasses, hat, shirt }: FaceAttributes): string {
  const parts = [hair === 'no' ? 'no hair' : `${hair} ${hairColor} hair`];
  if (glasses !== 'no') parts.push(glasses);
  if (hat !== 'no') parts.push(`a ${hat} hat`);
  return `a ${mood} person with ${parts.join(', ')} and ${shirt === 'orange' ? 'an' : 'a'} ${shirt} shirt`;
}

/** What a caption says, or undefined where it is no caption that {@link faceCaption} could have made: the judge of generated captions. */
export function faceAttributes(caption: string): FaceAttributes | undefined {
  const groups = CAPTION.exec(caption)?.groups;
  if (!groups) return undefined;
  const names = Object.keys(FACE_ATTRIBUTES);
  return Object.fromEntries(names.map((name) => [name, groups[name] ?? 'no'])) as unknown as FaceAttributes;
}
