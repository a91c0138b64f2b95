import { access } from 'node:fs/promises';
import { isTrainedRun, trainedRun } from '@polygan/datasets/node';
import { type Studio, startStudio } from '@polygan/studio/node';
import { UserError } from '../terminal/failure.js';
import { onInterruption } from '../terminal/interruption.js';
import type { Output } from '../terminal/output.js';

/** The flags of `polygan studio`. */
export interface StudioFlags {
  readonly port?: number;
}

/** What is shown where nothing is named: what `polygan train` makes, and what comes with polygan. */
const USUAL = ['runs', 'digits-in-three-forms'];

/** Shows runs in the browser until it is ended. */
export async function studio(named: readonly string[], { port }: StudioFlags, output: Output): Promise<number> {
  const places = await Promise.all((named.length > 0 ? named : USUAL).map((name) => placeOf(name, named.length > 0)));
  const interruption = onInterruption(() => {});
  try {
    const running = await start(places, port);
    output.say(`The studio is at ${running.address}\nOpen it in a browser on this machine; Ctrl-C ends it.`);
    output.data({ event: 'start', address: running.address, places });
    await new Promise<void>((resolve) => interruption.signal.addEventListener('abort', () => resolve()));
    await running.close();
    return 0;
  } finally {
    interruption.dispose();
  }
}

async function start(places: readonly string[], port: number | undefined): Promise<Studio> {
  return startStudio({ places, ...(port !== undefined && { port }) }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' || error.code === 'EACCES'
      ? new UserError(`port ${port} cannot be had (${error.code}); name another one with --port, or none`)
      : error;
  });
}

/** A folder, or else the model of that name that comes with polygan. */
async function placeOf(name: string, mustBe: boolean): Promise<string> {
  const isThere = await access(name).then(
    () => true,
    () => false,
  );
  if (!isThere && isTrainedRun(name)) return trainedRun(name);
  if (!isThere && mustBe) throw new UserError(`there is no folder ${name}; name a run, or a folder of runs`);
  return name;
}
