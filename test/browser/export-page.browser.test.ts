import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriersIn } from './accessibility.js';
import { browserPages } from './browser-pages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = path.join(root, 'examples/web-page');
const require = createRequire(import.meta.url);
const pages = browserPages();
/** All script of the page but tfjs. */
const MOST_BYTES = 1_000_000;
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };

let site: string;
let server: Server;
let address: string;

beforeAll(async () => {
  site = await mkdtemp(path.join(tmpdir(), 'polygan-page-'));
  const cli = path.join(root, 'packages/cli/dist/bin.js');
  await promisify(execFile)('node', [cli, 'export', 'digits-in-three-forms', '--out', path.join(site, 'model'), '--bits', '16']);
  await copyFile(path.join(example, 'index.html'), path.join(site, 'index.html'));
  const tfjs = path.dirname(require.resolve('@tensorflow/tfjs/package.json'));
  await copyFile(path.join(tfjs, 'dist/tf.fesm.min.js'), path.join(site, 'tf.fesm.min.js'));
  await build({
    entryPoints: [path.join(example, 'main.ts')],
    outfile: path.join(site, 'main.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@polygan/source'],
    external: ['@tensorflow/tfjs'],
  });
  server = createServer(async (request, response) => {
    const file = path.join(site, request.url === '/' ? 'index.html' : request.url!);
    const contents = await readFile(file).catch(() => null);
    response.writeHead(contents ? 200 : 404, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    response.end(contents);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.close();
  await rm(site, { recursive: true });
});

test('the example page makes a picture, a sound and words from an exported model', async () => {
  expect((await stat(path.join(site, 'main.js'))).size).toBeLessThan(MOST_BYTES);
  const page = await pages.open(address);
  // What is played is kept for a look at it.
  await page.evaluate(`{
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function () {
      globalThis.played = Array.from(this.buffer.getChannelData(0));
      return start.call(this);
    };
  }`);
  await page.getByRole('button', { name: 'Make one' }).click();
  await page.waitForFunction('globalThis.played !== undefined', undefined, { timeout: 120_000 });

  // Each of the texts that the model learned from holds a digit, in words or not.
  const words = await page.locator('output').textContent();
  expect(words).toMatch(/zero|one|two|three|four|five|six|seven|eight|nine|\d/);
  const played = (await page.evaluate('globalThis.played')) as number[];
  expect(played.length).toBe(8192);
  expect(Math.max(...played.map(Math.abs))).toBeGreaterThan(0.05);
  const [width, light] = (await page.evaluate(`(() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [canvas.width, Array.from(data).filter((value, i) => i % 4 === 0 && value > 128).length];
  })()`)) as [number, number];
  expect(width).toBe(28);
  // Strokes of a digit: some of the 784 pixels, and not most.
  expect(light).toBeGreaterThan(30);
  expect(light).toBeLessThan(400);
  expect(await barriersIn(page)).toEqual([]);
  const pictures = path.join(root, 'test/test-results');
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, 'export-page.png') });
});
