import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Studio, startStudio } from './start-studio.js';

let directory: string;
let studio: Studio;
let port: number;

const WEIGHTS = Uint8Array.from({ length: 100 }, (_, i) => i);

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'polygan-studio-'));
  await writeFile(path.join(directory, 'secret.txt'), 'secret');
  const run = path.join(directory, 'runs', 'faces');
  for (const folder of ['model', 'samples', 'checkpoints']) await mkdir(path.join(run, folder), { recursive: true });
  const record = { modality: 'image', model: { kind: 'dcgan', options: {} }, data: { source: 'faces' }, created: '2026-01-01' };
  await writeFile(path.join(run, 'run.json'), JSON.stringify(record));
  await writeFile(path.join(run, 'metrics.jsonl'), '{"step":10,"metrics":{}}\n{"step":20,"metrics":{}}\n{"step":30,"met');
  await writeFile(path.join(run, 'model', 'weights-20.bin'), WEIGHTS);
  await writeFile(path.join(run, 'samples', '00000010.txt'), 'ten');
  await writeFile(path.join(run, 'samples', '00000020.html'), '<script>alert(1)</script>');
  await writeFile(path.join(run, 'samples', 'program.sh'), 'rm');
  await writeFile(path.join(run, 'samples', '.hidden.txt'), 'hidden');
  await writeFile(path.join(run, 'checkpoints', 'state.json'), '{}');
  await symlink(path.join(directory, 'secret.txt'), path.join(run, 'samples', 'link.txt'));
  await symlink(directory, path.join(run, 'samples', 'out'));
  studio = await startStudio({ places: [path.join(directory, 'runs')] });
  port = Number(new URL(studio.address).port);
});
afterAll(async () => {
  await studio.close();
  await rm(directory, { recursive: true });
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Asks as no browser would: the address as it stands, and any header. */
function ask(address: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string; bytes: Buffer }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: address, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const bytes = Buffer.concat(pieces);
        resolve({ status: response.statusCode!, headers: response.headers, text: bytes.toString('utf8'), bytes });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

const control = (body: string, headers: Record<string, string> = {}) =>
  ask('/api/runs/faces/control', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('what it tells its page', () => {
  test('which runs there are', async () => {
    const { status, text } = await ask('/api/runs');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual([
      { id: 'faces', modality: 'image', model: 'dcgan', data: 'faces', created: '2026-01-01', state: 'stopped', modelStep: 20 },
    ]);
  });

  test('the samples of a run, and its reports after a step', async () => {
    const { previews } = JSON.parse((await ask('/api/runs/faces')).text);
    expect(previews).toEqual([
      { step: 10, files: ['00000010.txt'] },
      { step: 20, files: ['00000020.html'] },
    ]);
    expect(JSON.parse((await ask('/api/runs/faces/reports')).text)).toHaveLength(2);
    expect(JSON.parse((await ask('/api/runs/faces/reports?after=10')).text)).toEqual([{ step: 20, metrics: {} }]);
  });

  test('runs that have begun since', async () => {
    const added = path.join(directory, 'runs', 'later');
    await mkdir(added);
    await writeFile(path.join(added, 'run.json'), await readFile(path.join(directory, 'runs', 'faces', 'run.json')));
    expect(JSON.parse((await ask('/api/runs')).text)[0]).toMatchObject({ id: 'later', state: 'begun' });
    await rm(added, { recursive: true });
  });

  test('files, whole, in part, and whether they changed', async () => {
    const file = '/api/runs/faces/files/model/weights-20.bin';
    const whole = await ask(file);
    expect(whole.bytes).toEqual(Buffer.from(WEIGHTS));
    const part = await ask(file, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe('bytes 10-19/100');
    expect([...part.bytes]).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect([...(await ask(file, { headers: { range: 'bytes=-3' } })).bytes]).toEqual([97, 98, 99]);
    expect([...(await ask(file, { headers: { range: 'bytes=98-' } })).bytes]).toEqual([98, 99]);
    expect((await ask(file, { headers: { 'if-none-match': String(whole.headers.etag) } })).status).toBe(304);
    const head = await ask(file, { method: 'HEAD' });
    expect([head.headers['content-length'], head.bytes.length]).toEqual(['100', 0]);
  });

  test('a page among the samples may run no script', async () => {
    const { headers } = await ask('/api/runs/faces/files/samples/00000020.html');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('it refuses', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
    'the host %j',
    async (host) => {
      expect((await ask('/api/runs', { headers: { host } })).status).toBe(403);
      expect((await ask('/', { headers: { host } })).status).toBe(403);
    },
  );

  test('its own host under both names it lets in', async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect((await ask('/api/runs', { headers: { host, origin: `http://${host}` } })).status).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1', 'http://localhost'])(
    'the origin %s',
    async (origin) => {
      expect((await ask('/api/runs', { headers: { origin } })).status).toBe(403);
      expect((await control('{"request":"stop"}', { origin })).status).toBe(403);
    },
  );

  test.each(['cross-site', 'same-site'])('what a page of another site fetches: %s', async (site) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' };
    expect((await ask('/api/runs/faces/files/samples/00000010.txt', { headers })).status).toBe(403);
    expect((await ask('/api/runs', { headers: { ...headers, 'sec-fetch-mode': 'navigate' } })).status).toBe(403);
  });

  test.each([
    '../../secret.txt',
    'samples/../../../secret.txt',
    'samples/%2e%2e/%2e%2e/%2e%2e/secret.txt',
    'samples/..%2f..%2f..%2fsecret.txt',
    'samples/%2Fetc%2Fpasswd',
    'samples/..%5c..%5csecret.txt',
    'samples/link.txt',
    'samples/out/secret.txt',
    'samples/.hidden.txt',
    'samples/program.sh',
    'samples/%00.txt',
    'samples',
    'checkpoints/state.json',
    'run.json',
  ])('the file %s', async (name) => {
    const { status, text } = await ask(`/api/runs/faces/files/${name}`);
    expect(status).toBe(404);
    expect(text).not.toContain('secret');
  });

  test('files beside its page, and runs beside its places', async () => {
    for (const name of ['/../node.js', '/%2e%2e/node.js', '/..%2fnode.js', '/assets/../../node.js'])
      expect((await ask(name)).status).toBe(404);
    for (const name of ['..', '%2e%2e', 'runs', '.', '__proto__']) expect((await ask(`/api/runs/${name}/x`)).status).toBe(404);
  });

  test('addresses that are malformed or too long', async () => {
    expect((await ask('/api/runs/%E0%A4%A')).status).toBe(400);
    expect((await ask(`/api/runs/${'a'.repeat(4000)}`)).status).toBe(414);
  });

  test.each([
    'bytes=5-2',
    'bytes=100-',
    'bytes=-0',
    'bytes=-',
    'bytes=0-1,4-5',
    'bytes=a-b',
    'lines=0-1',
    `bytes=${'9'.repeat(40)}-`,
  ])('the range %s', async (range) => {
    const { status, headers } = await ask('/api/runs/faces/files/model/weights-20.bin', { headers: { range } });
    expect(status).toBe(416);
    expect(headers['content-range']).toBe('bytes */100');
  });

  test('steps that are none', async () => {
    for (const after of ['x', '1.5', '-2', 'Infinity', '1e99'])
      expect((await ask(`/api/runs/faces/reports?after=${after}`)).status).toBe(400);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('the method %s', async (method) => {
    for (const address of ['/', '/api/runs', '/api/runs/faces', '/api/runs/faces/files/samples/00000010.txt']) {
      const { status, headers } = await ask(address, { method });
      expect(status).toBe(405);
      expect(headers.allow).toMatch(/^GET/);
    }
    expect((await ask('/api/runs/faces/control')).status).toBe(405);
  });

  test('bodies that are huge, told or not, that are no JSON, or of another kind', async () => {
    expect((await control(`{"request":"${'x'.repeat(5000)}"}`)).status).toBe(413);
    expect((await control(`{"request":"${'x'.repeat(5000)}"}`, { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect((await control('{"request":')).status).toBe(400);
    expect((await control('null')).status).toBe(400);
    expect((await control('{"request":"delete"}')).status).toBe(400);
    expect((await control('request=stop', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('a body that never ends', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /api/runs/faces/control HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{`,
        );
      });
      socket.on('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
    });
    expect(answer).toMatch(/^HTTP\/1.1 413/);
  });
});

test('what is asked of a training gets to it, where there is one', async () => {
  const run = path.join(directory, 'runs', 'faces');
  expect((await control('{"request":"pause"}')).status).toBe(409);
  const training = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    const session = { pid: training.pid, host: hostname(), state: 'training', started: '2026-01-01' };
    await writeFile(path.join(run, 'session.json'), JSON.stringify(session));
    expect(JSON.parse((await ask('/api/runs')).text)[0].state).toBe('training');
    expect((await control('{"request":"pause"}')).status).toBe(200);
    expect(JSON.parse(await readFile(path.join(run, 'control.json'), 'utf8'))).toEqual({ request: 'pause' });
  } finally {
    training.kill();
  }
});

test('it listens on this machine alone', () => {
  expect(new URL(studio.address).hostname).toBe('127.0.0.1');
});
