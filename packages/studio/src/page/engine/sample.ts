import type { Sound } from '@polygan/audio';
import type { Picture } from '@polygan/image';

/** One form of a thing, as a person perceives it. */
export type Form =
  | { readonly kind: 'image'; readonly picture: Picture }
  | { readonly kind: 'audio'; readonly sound: Sound }
  | { readonly kind: 'text'; readonly text: string };

/** What a model made at once: a picture, a sound, a text, or all of them. */
export type Sample = readonly Form[];

/** What kinds of forms there are. */
export type FormKind = Form['kind'];
