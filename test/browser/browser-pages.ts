import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { findChromium } from './find-chromium.js';

/** How a page is looked at. */
export interface View {
  /** Width of the window in pixels; default 1280. 390 is a phone's. */
  readonly width?: number;
  /** Height of the window in pixels; default 900. */
  readonly height?: number;
  /** Default 'light'. */
  readonly colours?: 'light' | 'dark';
  /** What the page may use without a question, such as 'microphone'. */
  readonly permissions?: readonly string[];
  /** Whether the user asks for less movement; default false. */
  readonly stillness?: boolean;
}

/** Pages in a real browser, for the tests of one file. */
export interface BrowserPages {
  /** Opens an address (`http://127.0.0.1…`, `file:…`) in a window of its own, with nothing remembered from others. */
  open(address: string, view?: View): Promise<Page>;
  /** Says that the test expects complaints like this one; all others still fail it. */
  allow(complaint: RegExp): void;
}

/** Tells of violations of the page's content policy; runs before everything else in the page. */
const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('content policy: ' + event.violatedDirective + ' refused ' + (event.blockedURI || 'something inline')));`;

/**
 * Starts Chromium for the tests of a file, and ends it after them. A test fails if one of its pages prints an error, throws, asks for what its content policy
 * refuses, lacks a file, or asks for anything outside of this machine.
 *
 * ```ts
 * const pages = browserPages();
 * test('the page says its name', async () => {
 *   const page = await pages.open(address, { width: 390, colours: 'dark' });
 *   expect(await page.title()).toBe('polygan');
 * });
 * ```
 */
export function browserPages(flags: readonly string[] = []): BrowserPages {
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  let complaints: string[] = [];
  let allowed: RegExp[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: [...flags] });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const found = complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)));
    const open = contexts;
    [contexts, complaints, allowed] = [[], [], []];
    for (const context of open) await context.close();
    expect(found, 'complaints of the browser').toEqual([]);
  });

  return {
    allow(complaint) {
      allowed.push(complaint);
    },
    async open(address, { width = 1280, height = 900, colours = 'light', permissions = [], stillness = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: colours,
        reducedMotion: stillness ? 'reduce' : 'no-preference',
        permissions: [...permissions],
        acceptDownloads: true,
      });
      contexts.push(context);
      await context.addInitScript(REPORT_VIOLATIONS);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      page.on('request', (request) => {
        if (!isHere(request.url())) complaints.push(`asked for ${request.url()}, which is not on this machine`);
      });
      page.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
      });
      await page.goto(address);
      return page;
    },
  };
}

function isHere(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return ['file:', 'data:', 'blob:'].includes(protocol) || ['127.0.0.1', 'localhost'].includes(hostname);
}
