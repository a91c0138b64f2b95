import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { askSession, Run, readSession, type SessionRequest } from '@polygan/core/node';
import { describeRun, listedRun } from './describe-run.js';
import { readBody } from './read-body.js';
import { Refusal } from './refusal.js';
import { findRuns, type PlacedRun } from './run-places.js';
import { FILE_HEADERS, PAGE_HEADERS } from './security-headers.js';
import { sendFile } from './send-file.js';

/** The built page, beside the built server. Run from the sources, it is where the build puts it. */
const PAGE = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/page' : './page', import.meta.url));

/** Folders of a run whose files the page may have. */
const SERVED = ['model', 'samples'];

/** What can be asked of a training. */
const REQUESTS: readonly SessionRequest[] = ['pause', 'resume', 'stop'];

/** Answers one request that {@link checkRequest} has let in. @throws Refusal */
export async function answer(places: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url!, 'http://studio');
  const parts = pathname.split('/').slice(1).map(decoded);
  if (parts[0] !== 'api') {
    allow(request, 'GET', 'HEAD');
    const name = pathname === '/' ? 'index.html' : parts.join('/');
    // Names of built files have a fingerprint of their content in them.
    const caching = parts[0] === 'assets' ? 'public, max-age=31536000, immutable' : 'no-cache';
    return sendFile(request, response, { root: PAGE, name, headers: { ...PAGE_HEADERS, 'cache-control': caching } });
  }
  const [, collection, id, what, ...rest] = parts;
  if (collection !== 'runs') throw new Refusal(404, 'There is nothing here.');
  const runs = await findRuns(places);
  if (id === undefined) {
    allow(request, 'GET');
    const summaries = await Promise.all(runs.map(listedRun));
    return sendJson(
      response,
      summaries.filter((each) => each !== undefined),
    );
  }
  const placed = runs.find((run) => run.id === id);
  if (!placed) throw new Refusal(404, 'There is no such run.');
  if (what === 'control' && rest.length === 0) {
    allow(request, 'POST');
    return control(placed, await readBody(request), response);
  }
  allow(request, 'GET', 'HEAD');
  if (what === undefined) return sendJson(response, await describeRun(placed));
  if (what === 'reports' && rest.length === 0) return sendReports(placed, searchParams.get('after'), response);
  if (what === 'files' && SERVED.includes(rest[0] ?? '')) {
    const headers = { ...FILE_HEADERS, 'cache-control': 'no-cache' };
    return sendFile(request, response, { root: placed.directory, name: rest.join('/'), headers });
  }
  throw new Refusal(404, 'There is nothing here.');
}

async function sendReports({ directory }: PlacedRun, given: string | null, response: ServerResponse): Promise<void> {
  const after = given === null ? -1 : Number(given);
  if (!Number.isSafeInteger(after) || after < -1) throw new Refusal(400, 'after must be the number of a step.');
  const reports = await (await Run.open(directory)).metrics.read();
  sendJson(
    response,
    reports.filter(({ step }) => step > after),
  );
}

async function control({ directory }: PlacedRun, body: unknown, response: ServerResponse): Promise<void> {
  const asked = (body as { request?: SessionRequest } | null)?.request;
  if (asked === undefined || !REQUESTS.includes(asked)) throw new Refusal(400, `request must be one of ${REQUESTS.join(', ')}.`);
  if (!(await readSession(directory))) throw new Refusal(409, 'No training goes on in this run.');
  await askSession(directory, asked);
  sendJson(response, { request: asked });
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

function allow({ method = '' }: IncomingMessage, ...methods: readonly string[]): void {
  if (!methods.includes(method)) throw new Refusal(405, `Only ${methods.join(' and ')} here.`, { allow: methods.join(', ') });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, 'This address is malformed.');
  }
}
