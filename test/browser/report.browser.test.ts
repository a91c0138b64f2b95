import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Run, saveScores, writeComparison, writeReport } from '@polygan/core/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriersIn, isTooWide } from './accessibility.js';
import { browserPages } from './browser-pages.js';

const pages = browserPages(['--autoplay-policy=no-user-gesture-required']);
let folder: string;
const address = (file: string) => pathToFileURL(path.join(folder, file)).href;

/** A picture of one pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/** So many seconds of silence: a WAV file of 8000 bytes a second. */
function silence(seconds: number): Buffer {
  const header = Buffer.alloc(44);
  const bytes = 8000 * seconds;
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return Buffer.concat([header, Buffer.alloc(bytes, 128)]);
}

async function makeRun(name: string, rate: number): Promise<Run> {
  const run = await Run.create(path.join(folder, name), {
    modality: 'audio',
    model: { kind: 'waveGan', options: { vocabulary: Array.from({ length: 50 }, (_, i) => i) } },
    training: { steps: 400 },
    data: { source: `a folder of <${name}>`, options: {}, fingerprint: name, size: 1234, classNames: ['a', 'b'] },
    engine: 'cpu',
    command: `polygan train audio --data ./sounds/with-a-name-that-is-longer-than-a-telephone-is-wide --out ${name}`,
  });
  for (let step = 20; step <= 400; step += 20) {
    await run.metrics.append({
      step,
      samplesSeen: step * 64,
      metrics: { 'loss/generator': Math.exp(-step * rate), 'loss/discriminator': 1 + Math.sin(step), diversity: 0.5 },
      stepsPerSecond: 2,
      samplesPerSecond: 128,
      seconds: step / 2,
      progress: step / 400,
      secondsLeft: (400 - step) / 2,
      warnings: step === 200 ? [{ cause: 'collapse', message: 'too much alike' }] : [],
    });
  }
  const places = [0, 1].map((i) => ({ from: i, to: i + 1, left: i / 2, width: 0.5, top: 0, height: 1 }));
  for (const step of ['00000000', '00000200', '00000400']) {
    await writeFile(path.join(run.samplesDirectory, `${step}.png`), PICTURE);
    await writeFile(path.join(run.samplesDirectory, `${step}.wav`), silence(2));
    await writeFile(path.join(run.samplesDirectory, `${step}.json`), JSON.stringify(places));
  }
  const score = { metric: 'm', title: 'Fréchet distance', better: 'lower', real: 10, fake: 10, meaning: 'How far.' } as const;
  await saveScores(run.directory, {
    step: 400,
    features: 'a classifier',
    realSamples: 'held-out samples',
    seed: 0,
    scores: [{ ...score, value: 7.25, realValue: 0.5 }],
  });
  await writeReport(run);
  return run;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-report-page-'));
  const runs = [await makeRun('one', 0.01), await makeRun('two', 0.001)];
  await writeComparison(runs, path.join(folder, 'comparison.html'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['one/report.html', 1280, 'light'],
  ['one/report.html', 390, 'dark'],
  ['comparison.html', 1280, 'dark'],
  ['comparison.html', 390, 'light'],
] as const)('%s is for everybody at a width of %d, %s', async (file, width, colours) => {
  const page = await pages.open(address(file), { width, colours });
  expect(await barriersIn(page)).toEqual([]);
  expect(await isTooWide(page)).toBe(false);
});

test('keys move through the samples and zoom the curves', async () => {
  const page = await pages.open(address('one/report.html'));
  const seen = () => page.locator('#samples > figure:visible').getAttribute('data-step');
  expect(await seen()).toBe('400');
  await page.getByRole('slider', { name: 'After' }).press('ArrowLeft');
  expect(await seen()).toBe('200');
  await page.getByRole('slider', { name: 'After' }).press('Home');
  expect(await seen()).toBe('0');

  const steps = () => page.locator('.chart').first().locator('.steps text').allTextContents();
  expect(await steps()).toContain('400');
  const to = page.getByRole('slider', { name: 'to step' });
  for (let i = 0; i < 10; i++) await to.press('PageDown');
  // Ten pages of a tenth of 200 places each are all there is: as little is shown as there can be.
  expect((await steps()).map(Number).every((step) => step >= 20 && step < 30)).toBe(true);
  await page.getByRole('button', { name: 'All steps' }).click();
  expect(await steps()).toContain('400');
});

test('dragging across one chart zooms all, and the pointer reads values', async () => {
  const page = await pages.open(address('one/report.html'));
  const chart = page.locator('.chart svg.plot').first();
  await chart.scrollIntoViewIfNeeded();
  const box = (await chart.boundingBox())!;
  const at = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.5));
  // In the middle between 20 and 400 lies 210; the nearest reports are those of 200 and 220.
  const read = Number(await page.locator('.chart').first().locator('.value').first().textContent());
  expect([Math.exp(-2), Math.exp(-2.2)].some((value) => Math.abs(value - read) < 0.01)).toBe(true);
  await page.mouse.down();
  await page.mouse.move(...at(1), { steps: 3 });
  await page.mouse.up();
  const shown = await page.locator('.chart').last().locator('.steps text').allTextContents();
  expect(shown.map(Number).every((step) => step >= 210 && step <= 400)).toBe(true);
});

test('each sound of a picture plays by itself, and ends where it ends', async () => {
  const page = await pages.open(address('one/report.html'));
  const second = page.getByRole('button', { name: 'Play sound 2' });
  // It is short, so the page is watched from before it begins.
  const plays = page.locator('#samples > figure:visible .playing').waitFor();
  await second.press('Enter');
  await plays;
  const time = async () =>
    Number(await page.evaluate("document.querySelector('#samples > figure:not([hidden]) audio').currentTime"));
  await expect.poll(time, { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
  await page.locator('#samples > figure:visible .playing').waitFor({ state: 'detached' });
  expect(await time()).toBeGreaterThan(1);
});
