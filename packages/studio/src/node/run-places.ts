import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** A run by the name that addresses have for it. */
export interface PlacedRun {
  readonly id: string;
  /** Its real folder. */
  readonly directory: string;
}

/**
 * The runs at these places, each a run or a folder of runs, the newest first. Looked for anew each time: trainings begin while one watches. Each has the name of
 * its folder, and a number after it where several have the same.
 */
export async function findRuns(places: readonly string[]): Promise<PlacedRun[]> {
  const found: { directory: string; at: number }[] = [];
  const known = new Set<string>();
  for (const directory of (await Promise.all(places.map(runsAt))).flat()) {
    const real = await realpath(directory).catch(() => undefined);
    if (real === undefined || known.has(real)) continue;
    known.add(real);
    found.push({ directory: real, at: (await stat(path.join(real, 'run.json'))).mtimeMs });
  }
  // Names are given in an order that new runs do not change.
  found.sort((a, b) => a.at - b.at || a.directory.localeCompare(b.directory));
  const taken = new Set<string>();
  const runs = found.map(({ directory }) => {
    const name = path.basename(directory).replace(/[^\w.-]+/g, '-') || 'run';
    let id = name;
    for (let number = 2; taken.has(id); number++) id = `${name}-${number}`;
    taken.add(id);
    return { id, directory };
  });
  return runs.reverse();
}

async function runsAt(place: string): Promise<string[]> {
  if (await isRun(place)) return [place];
  const inside = await readdir(place, { withFileTypes: true }).catch(() => []);
  const folders = inside.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(place, name));
  const runs = await Promise.all(folders.map(isRun));
  return folders.filter((_, i) => runs[i]);
}

async function isRun(directory: string): Promise<boolean> {
  return stat(path.join(directory, 'run.json')).then(
    (found) => found.isFile(),
    () => false,
  );
}
