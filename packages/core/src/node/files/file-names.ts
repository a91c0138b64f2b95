import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file or sub-folder that was left out. */
export interface SkippedFile {
  /** Path below the folder, with `/` between its parts on every system. */
  readonly name: string;
  /** Why, in few words. */
  readonly reason: string;
}

/**
 * The paths of all files below a folder, with `/` between their parts, sorted. Hidden files are passed over; symbolic links are followed, each folder once.
 *
 * @param skipped takes sub-folders that cannot be read
 * @throws if the folder itself cannot be read
 */
export async function fileNames(directory: string, skipped: SkippedFile[], signal?: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  const visited = new Set<string>();
  const visit = async (below: string): Promise<void> => {
    signal?.throwIfAborted();
    const path = join(directory, below);
    const real = await realpath(path);
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const name = below + entry.name;
      const kind = entry.isSymbolicLink() ? await stat(join(directory, name)).catch(() => undefined) : entry;
      if (kind?.isFile()) names.push(name);
      else if (kind?.isDirectory()) {
        await visit(`${name}/`).catch((error: Error) => {
          signal?.throwIfAborted();
          skipped.push({ name: `${name}/`, reason: error.message });
        });
      }
    }
  };
  await visit('');
  // By code units, not by language: the order must be the same on every machine.
  return names.sort((a, b) => (a < b ? -1 : 1));
}
