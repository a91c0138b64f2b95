import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriersIn, isTooWide } from './accessibility.js';
import { browserPages } from './browser-pages.js';
import { findChromium } from './find-chromium.js';

const pages = browserPages();
let server: Server;
let address: string;

const PAGES: Readonly<Record<string, string>> = {
  '/good': '<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1><p>All is well.</p></main></html>',
  '/inline': '<!doctype html><html lang="en"><title>Inline</title><script>document.title = "ran";</script></html>',
  '/throws': '<!doctype html><html lang="en"><title>Throws</title><script src="/throws.js"></script></html>',
  '/throws.js': 'throw new Error("from the page");',
  '/lacks': '<!doctype html><html lang="en"><title>Lacks</title><img src="/absent.png" alt="absent"></html>',
  '/mute': '<!doctype html><title>Mute</title><main><h1>Mute</h1><img src="data:," ><p style="width: 3000px">wide</p></main>',
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const content = PAGES[request.url!];
    const policy =
      request.url === '/mute' ? "img-src data:; style-src 'unsafe-inline'" : "default-src 'self'; img-src 'self' data:";
    const type = request.url!.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(content === undefined && request.url !== '/favicon.ico' ? 404 : 200, {
      'content-type': type,
      'content-security-policy': policy,
    });
    response.end(content);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('a good page is opened as it is asked for', async () => {
  const page = await pages.open(`${address}/good`, { width: 390, height: 700, colours: 'dark' });
  expect(await page.title()).toBe('Good');
  expect(page.viewportSize()).toEqual({ width: 390, height: 700 });
  expect(await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(true);
  expect(await barriersIn(page)).toEqual([]);
  expect(await isTooWide(page)).toBe(false);
});

test.fails('what the content policy refuses fails a test', async () => {
  const page = await pages.open(`${address}/inline`);
  expect(await page.title()).toBe('Inline');
});

test.each([
  ['/throws', /uncaught: from the page/],
  ['/lacks', /404 for .*absent/],
])('complaints that a test expects can be told: %s', async (path, complaint) => {
  pages.allow(complaint);
  pages.allow(/Failed to load resource/);
  await pages.open(address + path);
});

test('barriers and pages that are too wide are seen', async () => {
  const page = await pages.open(`${address}/mute`, { width: 390 });
  const barriers = (await barriersIn(page)).join('\n');
  expect(barriers).toContain('image-alt');
  expect(barriers).toContain('html-has-lang');
  expect(await isTooWide(page)).toBe(true);
});

test('where there is no Chromium, it is said how to get one', () => {
  expect(() => findChromium({ PATH: '/nowhere' })).toThrow(/apt-get install chromium.*POLYGAN_CHROMIUM/);
  expect(() => findChromium({ POLYGAN_CHROMIUM: '/nowhere/chromium', PATH: '/usr/bin' })).toThrow(
    '/nowhere/chromium, which is no program',
  );
});
