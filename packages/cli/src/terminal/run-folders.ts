import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from './failure.js';

/** Folders within folders are looked into this deep. */
const DEPTH = 3;

/**
 * The run folders in a folder and the folders below it, or itself if it is one.
 *
 * @throws UserError if the folder cannot be read
 */
export async function runFolders(folder: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (directory: string, depth: number): Promise<void> => {
    const entries = await entriesOf(directory, depth === 0);
    if (entries.some((entry) => entry.name === 'run.json' && entry.isFile())) {
      found.push(directory);
      return;
    }
    if (depth === DEPTH) return;
    const inside = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
    for (const { name } of inside) await look(path.join(directory, name), depth + 1);
  };
  await look(folder, 0);
  return found;
}

async function entriesOf(directory: string, isNamed: boolean): Promise<Dirent[]> {
  return readdir(directory, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (!isNamed) return [];
    const reasons: Readonly<Record<string, string>> = { ENOENT: 'there is nothing', ENOTDIR: 'it is no folder' };
    throw new UserError(`${directory} cannot be looked into: ${reasons[cause.code ?? ''] ?? cause.message}`, { cause });
  });
}
