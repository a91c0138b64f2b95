import { type Html, html } from './html.js';

/** Where one sound of many is: a stretch of a sound file, and a part of a picture of them all. */
export interface SoundPlace {
  /** In seconds. */
  readonly from: number;
  /** In seconds. */
  readonly to: number;
  /** Shares of the picture's width. */
  readonly left: number;
  readonly width: number;
  /** Shares of the picture's height. */
  readonly top: number;
  readonly height: number;
}

/** The places as a preview of sounds has them beside it, in a file of JSON. */
export function soundPlaces(text: string): readonly SoundPlace[] {
  return JSON.parse(text) as readonly SoundPlace[];
}

/** A picture of many sounds with a button over each that plays it, and a player of them all. @param parts the picture and the player */
export function shownSounds(parts: readonly Html[], places: readonly SoundPlace[]): Html {
  const [picture, player] = parts;
  const percent = (share: number) => `${(100 * share).toFixed(3)}%`;
  return html`<div class="sounds"><div class="places">${picture}${places.map(
    ({ from, to, left, top, width, height }, i) =>
      html`<button type="button" hidden aria-label="Play sound ${i + 1}" data-from="${from}" data-to="${to}" style="left:${percent(left)};top:${percent(top)};width:${percent(width)};height:${percent(height)}"></button>`,
  )}</div>${player}</div>`;
}
