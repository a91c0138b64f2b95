import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Html } from './html.js';
import { SHOWN_ENDINGS, shownFiles } from './shown-file.js';

/** Samples of the same latent points after so many steps, as HTML that holds them whole. */
export interface Preview {
  readonly step: number;
  readonly content: Html;
}

const MOST = 24;
/** Bytes of all previews together; a page of more is slow to write and to open. */
const ROOM = 8e6;

/** The previews of a run, thinned evenly to at most 24 and some megabytes; the first and the last are kept. */
export async function readPreviews(directory: string): Promise<Preview[]> {
  const steps = new Map<number, string[]>();
  for (const name of await readdir(directory).catch(() => [])) {
    if (!SHOWN_ENDINGS.includes(path.extname(name)) || !/^\d+\./.test(name)) continue;
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
    chosen.map(async ([step, names]) => ({
      step,
      content: await shownFiles(
        names.map((name) => path.join(directory, name)),
        `Generated samples after ${step} steps`,
      ),
    })),
  );
}

/** At most `count` of some things, as evenly spread as can be, first and last among them. */
export function evenly<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]!);
}
