import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Html, html } from './html.js';

/** How each kind of file is shown; a new modality adds its own. */
const SHOWN_AS: Readonly<Record<string, (bytes: Buffer, description: string) => Html>> = {
  // Made by `jointFiles`: a piece of a page that holds everything itself.
  '.html': (bytes) => new Html(bytes.toString('utf8')),
  '.png': (bytes, description) => html`<img src="data:image/png;base64,${bytes.toString('base64')}" alt="${description}">`,
  '.wav': (bytes, description) =>
    html`<audio controls preload="none" src="data:audio/wav;base64,${bytes.toString('base64')}" aria-label="${description}"></audio>`,
  '.txt': (bytes) => html`<pre>${bytes.toString('utf8')}</pre>`,
};

/** The endings of files that can be shown; where several files are of one thing, in this order. */
export const SHOWN_ENDINGS: readonly string[] = Object.keys(SHOWN_AS);

/** A file as HTML that holds it whole. @param description says what it is to who cannot see it */
export async function shownFile(file: string, description: string): Promise<Html> {
  return SHOWN_AS[path.extname(file)]!(await readFile(file), description);
}
