import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Html, html } from './html.js';

/** Samples of the same latent points after so many steps, as HTML that holds them whole. */
export interface Preview {
  readonly step: number;
  readonly content: Html;
}

/** How each kind of file is shown; a new modality adds its own. */
const SHOWN_AS: Readonly<Record<string, (bytes: Buffer, step: number) => Html>> = {
  '.png': (bytes, step) =>
    html`<img src="data:image/png;base64,${bytes.toString('base64')}" alt="Generated samples after ${step} steps">`,
  '.wav': (bytes, step) =>
    html`<audio controls preload="none" src="data:audio/wav;base64,${bytes.toString('base64')}" aria-label="Generated samples after ${step} steps"></audio>`,
  '.txt': (bytes) => html`<pre>${bytes.toString('utf8')}</pre>`,
};

const MOST = 24;
/** Bytes of all previews together; a page of more is slow to write and to open. */
const ROOM = 8e6;

/** The previews of a run, thinned evenly to at most 24 and some megabytes; the first and the last are kept. */
export async function readPreviews(directory: string): Promise<Preview[]> {
  const names = (await readdir(directory).catch(() => [])).filter(
    (name) => path.extname(name) in SHOWN_AS && /^\d+\./.test(name),
  );
  names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const newest = names.at(-1);
  if (newest === undefined) return [];
  const { length } = await readFile(path.join(directory, newest));
  const chosen = evenly(names, Math.max(2, Math.min(MOST, Math.floor(ROOM / length))));
  return Promise.all(
    chosen.map(async (name) => {
      const step = Number.parseInt(name, 10);
      return { step, content: SHOWN_AS[path.extname(name)]!(await readFile(path.join(directory, name)), step) };
    }),
  );
}

/** At most `count` of some things, as evenly spread as can be, first and last among them. */
export function evenly<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]!);
}
