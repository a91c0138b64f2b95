import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TrainReport } from '../../training/report.js';
import { writeFileAtomically } from './atomic-files.js';

/** A training that goes on in a run right now. The content of `session.json`, which is there as long as it lasts. */
export interface Session {
  /** Its process, on the machine of that name. */
  readonly pid: number;
  readonly host: string;
  readonly state: 'training' | 'paused';
  /** When it began, ISO 8601. */
  readonly started: string;
}

/** What a training can be asked to do: wait, go on, or store its state and end. */
export type SessionRequest = 'pause' | 'resume' | 'stop';

/** Milliseconds between two looks at what a paused training is asked. */
const LOOK_EVERY = 200;

/** The training that goes on in a run; undefined where there is none, or where its process was killed. */
export async function readSession(directory: string): Promise<Session | undefined> {
  const session = (await readJson(sessionFile(directory))) as Partial<Session> | undefined;
  if (typeof session?.pid !== 'number' || !Number.isSafeInteger(session.pid) || session.pid <= 0) return undefined;
  if (session.state !== 'training' && session.state !== 'paused') return undefined;
  return session.host !== hostname() || isAlive(session.pid) ? (session as Session) : undefined;
}

/** Asks the training that goes on in a run to do something; it looks between two reports. Written to `control.json`, as anybody may who can write there. */
export async function askSession(directory: string, request: SessionRequest): Promise<void> {
  await writeFileAtomically(controlFile(directory), `${JSON.stringify({ request })}\n`);
}

/**
 * A training that can be asked to pause, to go on and to stop, by {@link askSession}, from any process that can write into the run's folder. Otherwise the same
 * reports. Stopping is what `break` is: the last report does not say why it `stopped`.
 *
 * @param directory the folder of the run
 * @param signal ends a pause, as it ends the training
 */
export async function* inSession(
  directory: string,
  reports: AsyncGenerator<TrainReport>,
  signal?: AbortSignal,
): AsyncGenerator<TrainReport, void, undefined> {
  const started = new Date().toISOString();
  const tell = (state: Session['state']) => {
    const session: Session = { pid: process.pid, host: hostname(), state, started };
    return writeFileAtomically(sessionFile(directory), `${JSON.stringify(session)}\n`);
  };
  try {
    // What was asked of an earlier training is no matter of this one.
    await rm(controlFile(directory), { force: true });
    await tell('training');
    for await (const report of reports) {
      yield report;
      if (report.stopped) return;
      let asked = await askedOf(directory);
      if (asked === 'pause') {
        await tell('paused');
        while (asked === 'pause' && !signal?.aborted) {
          await wait(LOOK_EVERY, undefined, { signal }).catch(() => {});
          asked = await askedOf(directory);
        }
        if (asked !== 'stop') await tell('training');
      }
      if (asked === 'stop') return;
    }
  } finally {
    for (const file of [controlFile, sessionFile]) await rm(file(directory), { force: true });
  }
}

async function askedOf(directory: string): Promise<SessionRequest | undefined> {
  const asked = (await readJson(controlFile(directory))) as { request?: unknown } | undefined;
  return asked?.request === 'pause' || asked?.request === 'stop' ? asked.request : undefined;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function sessionFile(directory: string): string {
  return path.join(directory, 'session.json');
}

function controlFile(directory: string): string {
  return path.join(directory, 'control.json');
}
