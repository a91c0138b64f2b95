import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.js';

// Seconds from opening the studio's page of each run that is named until its first sample is there, and from asking for another seed until its samples are. Each
// round has a browser window that remembers nothing.

const COMMAND = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const ROUNDS = 7;
/** In milliseconds; a model that has hardly been trained may make the same of all seeds. */
const LONGEST_WAIT = 30_000;
/** What the first sample looks like. */
const LOOKS = `(() => {
  const card = document.querySelector('.card');
  return card.innerText + [...card.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join();
})()`;
const runs = process.argv.slice(2);

const studio = spawn(process.execPath, [COMMAND, 'studio', ...runs, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
const browser = await chromium.launch({ executablePath: findChromium() });
try {
  const line = await new Promise<string>((resolve) => createInterface({ input: studio.stdout }).once('line', resolve));
  const { address } = JSON.parse(line) as { address: string };
  const names = ((await (await fetch(`${address}api/runs`)).json()) as { id: string }[]).map(({ id }) => id);
  for (const name of names) {
    const rounds: { first: number; next: number; engine: string }[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measured(browser, `${address}?run=${name}&view=explore`));
    const text = (part: 'first' | 'next') => {
      const sorted = rounds.map((each) => each[part]).sort((a, b) => a - b);
      return `${sorted[ROUNDS >> 1]!.toFixed(2)} s (${sorted[0]!.toFixed(2)} to ${sorted.at(-1)!.toFixed(2)})`;
    };
    process.stdout.write(`${name}, ${rounds[0]!.engine}: first sample ${text('first')}, another seed ${text('next')}\n`);
  }
  process.stdout.write(`${ROUNDS} rounds; load of the machine ${loadavg()[0]!.toFixed(1)}\n`);
} finally {
  await browser.close();
  studio.kill('SIGINT');
}

async function measured(chrome: Browser, address: string) {
  const context = await chrome.newContext();
  try {
    const page = await context.newPage();
    const opened = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await page.locator('.card').first().waitFor();
    const first = (performance.now() - opened) / 1000;
    const engine = await page.getByLabel('Engine', { exact: true }).inputValue();
    const shown = () => page.evaluate(LOOKS);
    const before = await shown();
    const asked = performance.now();
    await page.getByRole('button', { name: 'Another', exact: true }).click();
    while ((await shown()) === before) {
      if (performance.now() - asked > LONGEST_WAIT) throw new Error(`${address}: another seed looks like the first`);
      await wait(10);
    }
    return { first, next: (performance.now() - asked) / 1000, engine };
  } finally {
    await context.close();
  }
}
