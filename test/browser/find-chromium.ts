import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Under which names systems install Chromium. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * The Chromium to test with: `POLYGAN_CHROMIUM`, or else the first of the usual names on the PATH.
 *
 * @throws if there is none: these tests are not skipped
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const named = env.POLYGAN_CHROMIUM;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`POLYGAN_CHROMIUM is ${named}, which is no program`);
  }
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(isProgram);
  if (found) return found;
  throw new Error(
    `The tests in a browser need Chromium, and none of ${NAMES.join(', ')} is on the PATH. Install it (on Debian: apt-get install chromium), or name it in POLYGAN_CHROMIUM.`,
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
