import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Html, html } from './html.js';

/** Samples of the same latent points after so many steps, as HTML that holds them whole. */
export interface Preview {
  readonly step: number;
  readonly content: Html;
}

/** How each kind of file is shown; a new modality adds its own. Of one step there may be several, such as a sound and its picture, shown in this order. */
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
  const endings = Object.keys(SHOWN_AS);
  const steps = new Map<number, string[]>();
  for (const name of await readdir(directory).catch(() => [])) {
    if (!endings.includes(path.extname(name)) || !/^\d+\./.test(name)) continue;
    const step = Number.parseInt(name, 10);
    steps.set(step, [...(steps.get(step) ?? []), name]);
  }
  const inOrder = [...steps].sort(([a], [b]) => a - b);
  const newest = inOrder.at(-1);
  if (newest === undefined) return [];
  const sizes = await Promise.all(newest[1].map(async (name) => (await stat(path.join(directory, name))).size));
  const room = Math.floor(ROOM / sizes.reduce((sum, size) => sum + size, 0));
  const chosen = evenly(inOrder, Math.max(2, Math.min(MOST, room)));
  return Promise.all(
    chosen.map(async ([step, names]) => {
      names.sort((a, b) => endings.indexOf(path.extname(a)) - endings.indexOf(path.extname(b)));
      const shown = await Promise.all(
        names.map(async (name) => SHOWN_AS[path.extname(name)]!(await readFile(path.join(directory, name)), step)),
      );
      return { step, content: html`${shown}` };
    }),
  );
}

/** At most `count` of some things, as evenly spread as can be, first and last among them. */
export function evenly<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]!);
}
