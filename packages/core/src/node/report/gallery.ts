import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Html } from './html.js';
import { SHOWN_ENDINGS, shownFiles } from './shown-file.js';

/** Samples that were made for a purpose, such as those on a way through the latent space. */
export interface Exhibit {
  /** What they are: 'interpolation'. */
  readonly name: string;
  readonly content: Html;
}

/** Where they lie in a run folder. */
export const GALLERY = 'gallery';

/** What is in the gallery of a run folder, by name. Of one exhibit there may be several files, such as a sound and its picture. */
export async function readGallery(runDirectory: string): Promise<Exhibit[]> {
  const directory = path.join(runDirectory, GALLERY);
  const files = (await readdir(directory).catch(() => [])).filter((file) => SHOWN_ENDINGS.includes(path.extname(file)));
  const names = [...new Set(files.map((file) => path.parse(file).name))].sort();
  return Promise.all(
    names.map(async (name) => {
      const own = files.filter((file) => path.parse(file).name === name).map((file) => path.join(directory, file));
      return { name, content: await shownFiles(own, name) };
    }),
  );
}
