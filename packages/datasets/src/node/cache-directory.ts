import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloads are kept between runs: `polygan/NAME` in the user's cache directory ($XDG_CACHE_HOME, %LOCALAPPDATA%, else ~/.cache). */
export function cacheDirectory(name: string): string {
  const base = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), '.cache');
  return join(base, 'polygan', name);
}
