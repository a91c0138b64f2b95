import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Html, html } from './html.js';
import { shownSounds, soundPlaces } from './shown-sounds.js';

/** How each kind of file is shown; a new modality adds its own. */
const SHOWN_AS: Readonly<Record<string, (bytes: Buffer, description: string) => Html>> = {
  // Made by `jointFiles`: a piece of a page that holds everything itself.
  '.html': (bytes) => new Html(bytes.toString('utf8')),
  '.png': (bytes, description) => html`<img src="${dataAddress('image/png', bytes)}" alt="${description}">`,
  '.wav': (bytes, description) =>
    html`<audio controls preload="none" src="${dataAddress('audio/wav', bytes)}" aria-label="${description}"></audio>`,
  '.txt': (bytes) => html`<pre>${bytes.toString('utf8')}</pre>`,
};

/** Says where in a picture each sound of a sound file is. */
const PLACES = '.json';

/** The endings of files that can be shown; where several files are of one thing, in this order. */
export const SHOWN_ENDINGS: readonly string[] = [...Object.keys(SHOWN_AS), PLACES];

/** A file as HTML that holds it whole. @param description says what it is to who cannot see it */
export async function shownFile(file: string, description: string): Promise<Html> {
  return SHOWN_AS[path.extname(file)]!(await readFile(file), description);
}

/** Files that are of one thing, such as a sound and its picture, as HTML that holds them whole. */
export async function shownFiles(files: readonly string[], description: string): Promise<Html> {
  const ofKind = (ending: string) => files.find((file) => path.extname(file) === ending);
  const order = (file: string) => SHOWN_ENDINGS.indexOf(path.extname(file));
  const shown = files.filter((file) => path.extname(file) !== PLACES).sort((a, b) => order(a) - order(b));
  const parts = await Promise.all(shown.map((file) => shownFile(file, description)));
  const places = ofKind(PLACES);
  if (places && ofKind('.png') && ofKind('.wav')) return shownSounds(parts, soundPlaces(await readFile(places, 'utf8')));
  return html`${parts}`;
}

function dataAddress(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
