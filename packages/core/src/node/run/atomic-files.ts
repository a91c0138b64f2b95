import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Marks what is being written; whatever bears it after a crash is waste. */
const UNFINISHED = '.unfinished-';

/** Writes a file so that at any instant either the old or the whole new content is there: other name, synced, renamed. */
export async function writeFileAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = path.join(path.dirname(file), `${UNFINISHED}${randomUUID()}`);
  await orNothing(unfinished, async () => {
    await writeAndSync(unfinished, content);
    await rename(unfinished, file);
  });
}

/** Makes a directory whose files all appear at once: filled under another name, then renamed. Replaces nothing. */
export async function createDirectoryAtomically(
  directory: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const unfinished = path.join(path.dirname(directory), `${UNFINISHED}${randomUUID()}`);
  await orNothing(unfinished, async () => {
    await mkdir(unfinished, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeAndSync(path.join(unfinished, name), content);
    await rename(unfinished, directory);
  });
}

/** Removes a directory so that it is never seen half empty: renamed first. */
export async function removeDirectoryAtomically(directory: string): Promise<void> {
  const unfinished = path.join(path.dirname(directory), `${UNFINISHED}${randomUUID()}`);
  await rename(directory, unfinished);
  await rm(unfinished, { recursive: true, force: true });
}

/** Removes what a killed process left unfinished in a directory. */
export async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    if (name.startsWith(UNFINISHED)) await rm(path.join(directory, name), { recursive: true, force: true });
  }
}

/** What cannot be finished, on a full disk for one, takes up no room. */
async function orNothing(unfinished: string, write: () => Promise<void>): Promise<void> {
  await write().catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  });
}

async function writeAndSync(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
