import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../terminal/failure.js';
import { audio } from './audio.js';
import { image } from './image.js';
import { METADATA_FILES } from './metadata-lines.js';
import { multimodal } from './multimodal.js';
import { text } from './text.js';

const ENDINGS = {
  audio: /\.(wav|wave|flac|mp3|ogg|oga|opus|aiff?|m4a)$/i,
  text: /\.(txt|csv|tsv|jsonl|ndjson)$/i,
} as const;
/** So many files are looked at. */
const MOST = 500;

/** What data most likely are, by the name of a ready-made set or by the endings of their files. */
export async function kindOf(source: string): Promise<'image' | 'audio' | 'text' | 'multimodal'> {
  if (audio.readyMade.includes(source) || ENDINGS.audio.test(source)) return 'audio';
  if (text.readyMade.includes(source) || ENDINGS.text.test(source)) return 'text';
  // Of digits one looks at the pictures.
  if (multimodal.readyMade.includes(source) && !image.readyMade.includes(source)) return 'multimodal';
  for (const name of METADATA_FILES) if (await isFile(path.join(source, name))) return 'multimodal';
  const counts = { image: 0, audio: 0, text: 0 };
  let files = 0;
  for await (const name of fileNames(source)) {
    files++;
    if (ENDINGS.audio.test(name)) counts.audio++;
    else if (!ENDINGS.text.test(name)) counts.image++;
  }
  const isEmptyFolder = files === 0 && (await isFolder(source));
  if (isEmptyFolder) {
    throw new UserError(
      `there are no files in ${source}; put pictures or sounds into it, or name a file with a text on each line`,
    );
  }
  return counts.audio > counts.image ? 'audio' : 'image';
}

async function* fileNames(folder: string): AsyncGenerator<string> {
  let left = MOST;
  const entries = await opendir(path.resolve(folder), { recursive: true }).catch(() => undefined);
  for await (const entry of entries ?? []) {
    if (entry.isFile() && !entry.name.startsWith('.')) yield entry.name;
    if (--left === 0) return;
  }
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}

async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isDirectory() ?? false;
}
