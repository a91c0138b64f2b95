import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriersIn, isTooWide } from './accessibility.js';
import { browserPages, type View } from './browser-pages.js';

const COMMAND = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const SLOW = { timeout: 120_000 };

// A microphone that gives a tone.
const pages = browserPages(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
let folder: string;
let studio: ChildProcess;
let address: string;

/** Starts `polygan …` in the folder. */
function polygan(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [COMMAND, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-studio-'));
  studio = polygan('studio', 'digits-in-three-forms', '.', '--json');
  for await (const line of createInterface({ input: studio.stdout! })) {
    address = JSON.parse(line).address;
    break;
  }
});
afterAll(async () => {
  studio.kill('SIGINT');
  await rm(folder, { recursive: true, force: true });
});

const THREE = 'run=digits-in-three-forms';
const open = (query: string, view?: View): Promise<Page> => pages.open(`${address}?${query}`, view);
const settled = (page: Page) =>
  page
    .locator('.busy', { hasText: '…' })
    .first()
    .waitFor({ state: 'detached', ...SLOW });

describe('a model in three forms', () => {
  test('samples are seen, heard and read; another seed gives others, which the address remembers', async () => {
    const page = await open(`${THREE}&n=3&seed=7`);
    await page.locator('.card').nth(2).waitFor(SLOW);
    const words = () => page.locator('.words').allInnerTexts();
    const first = await words();
    expect(first).toHaveLength(3);
    expect(first.every((text) => /^[a-zA-Z0-9 ]+$/.test(text))).toBe(true);
    // It lasts a second, so the page is watched from before it begins.
    const plays = page.locator('.sound.plays').waitFor(SLOW);
    await page.getByRole('button', { name: 'Play the sound of sample 1' }).click();
    await plays;
    await page.getByLabel('Seed', { exact: true }).fill('8');
    await page.getByLabel('Seed', { exact: true }).press('Enter');
    await page.waitForURL(/seed=8/);
    await settled(page);
    expect(await words()).not.toEqual(first);
    await page.goto(`${address}?${THREE}&n=3&seed=7`);
    await page.locator('.card').nth(2).waitFor(SLOW);
    expect(await words()).toEqual(first);
  });

  test('what one likes is saved in all its forms', async () => {
    const page = await open(`${THREE}&n=1`);
    await page.locator('.card').waitFor(SLOW);
    const saved: string[] = [];
    const starts: Record<string, string> = {};
    page.on('download', async (download) => {
      const name = download.suggestedFilename();
      const content = await readFile((await download.path())!);
      starts[name] = content.subarray(0, 4).toString('latin1');
      saved.push(name);
    });
    await page.getByRole('button', { name: 'Save sample 1' }).click();
    await expect
      .poll(() => [...saved].sort(), { timeout: 60_000 })
      .toEqual(['png', 'txt', 'wav'].map((ending) => `seed-0-sample-1.${ending}`));
    expect(starts['seed-0-sample-1.png']).toBe('\x89PNG');
    expect(starts['seed-0-sample-1.wav']).toBe('RIFF');
  });

  test('a slider along a direction changes the sample', async () => {
    const page = await open(`${THREE}&n=2&mode=directions`);
    const slider = page.getByLabel('Direction 1');
    await slider.waitFor(SLOW);
    await settled(page);
    const picture = () =>
      page
        .locator('.large canvas')
        .first()
        .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    const before = await picture();
    await slider.fill('4');
    await page.waitForURL(/d=4/);
    await expect.poll(picture, { timeout: 60_000 }).not.toBe(before);
  });

  test('one walks over the map by keys, and from one sample to another', async () => {
    const page = await open(`${THREE}&n=2&mode=map`);
    const middle = page.getByRole('button', { name: 'The middle of the map', exact: true });
    await middle.waitFor(SLOW);
    await middle.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/x=0\.8/);
    await page.getByRole('button', { name: 'Between two' }).click();
    await page.locator('.strip li').nth(6).waitFor(SLOW);
  });

  test('a drawing, a sound and words are translated', async () => {
    const page = await open(`${THREE}&view=translate`, { permissions: ['microphone'] });
    await page.getByLabel('Type what it is called').fill('the number seven');
    await page.locator('.answers .card').nth(3).waitFor(SLOW);
    expect(await page.locator('.answers .card').first().locator('canvas').count()).toBe(2);
    await page.getByLabel('Type what it is called').fill('');
    const pad = (await page.getByLabel('Draw here').boundingBox())!;
    await page.mouse.move(pad.x + pad.width / 2, pad.y + 40);
    await page.mouse.down();
    await page.mouse.move(pad.x + pad.width / 2, pad.y + pad.height - 40, { steps: 10 });
    await page.mouse.up();
    await page.getByLabel('The picture as the model sees it').waitFor();
    // One stroke downwards is a one.
    await expect
      .poll(() => page.locator('.answers .words').allInnerTexts(), { timeout: 60_000 })
      .toContainEqual(expect.stringMatching(/\b(one|1)\b/));
    await page.getByRole('button', { name: 'Clear picture' }).click();
    await page.getByRole('button', { name: 'Record' }).click();
    await page.waitForTimeout(800);
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await page
      .getByRole('button', { name: 'Play the sound of what you gave' })
      .or(page.getByRole('button', { name: 'Play what you gave' }))
      .waitFor();
    await page.locator('.answers .card .words').first().waitFor(SLOW);
  });

  test.each([
    ['samples', `${THREE}&n=2`, '.card'],
    ['directions', `${THREE}&n=2&mode=directions`, '.slider >> nth=4'],
    ['the map', `${THREE}&n=2&mode=map`, '.tile'],
    ['translation', `${THREE}&view=translate&text=one`, '.answers .card'],
  ])('everybody can use it, on a phone and in the dark: %s', async (_, query, shown) => {
    for (const view of [{ width: 1280 }, { width: 390, colours: 'dark' }] as const) {
      const page = await open(query, view);
      await page.locator(shown).first().waitFor(SLOW);
      expect(await barriersIn(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    }
  });
});

test('a training is watched, paused, taken up again and stopped', async () => {
  const training = polygan(
    'train',
    'image',
    '--data',
    'fake',
    '--size',
    '16',
    '--minutes',
    '20',
    '--batch',
    '4',
    '--set',
    'model.width=4',
    '--out',
    'live',
  );
  const ended = new Promise<number | null>((resolve) => training.on('exit', resolve));
  try {
    // It appears by itself.
    const runs = async () => (await fetch(`${address}api/runs`)).text();
    await expect.poll(runs, SLOW).toContain('"live"');
    const page = await open('run=live&view=watch');
    await page.getByRole('heading', { name: 'Training' }).waitFor(SLOW);
    await page.locator('.charts canvas').first().waitFor(SLOW);
    await page.getByRole('img', { name: /Samples after/ }).waitFor(SLOW);
    expect(await barriersIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('heading', { name: 'Paused' }).waitFor(SLOW);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Training' }).waitFor(SLOW);
    await page.getByRole('button', { name: 'Stop and save' }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor(SLOW);
    expect(await ended).toBe(0);
    // What it has learnt so far can be explored at once.
    await page.getByRole('link', { name: 'Explore' }).click();
    await page.locator('.card').first().waitFor(SLOW);
  } finally {
    training.kill('SIGKILL');
  }
});

describe('models of every kind are drawn from', () => {
  const tiny = ['--steps', '2', '--batch', '4', '--set', 'recording.previewCount=2'];
  test.each([
    ['pictures with classes', ['image', '--data', 'digits', '--conditional', '--set', 'model.width=4'], 'Class'],
    [
      'a VAE of pictures',
      ['image', '--data', 'fake', '--size', '16', '--model', 'imageVae', '--set', 'model.width=4'],
      'Truncation',
    ],
    ['sounds that are told groups', ['audio', '--data', 'drums', '--clusters', '3', '--set', 'model.width=2'], 'Truncation'],
    ['sounds by their spectrograms', ['audio', '--data', 'drums', '--model', 'specGan', '--set', 'model.width=2'], 'Seed'],
    ['texts word by word', ['text', '--data', 'names', '--set', 'model.hidden=8'], 'Temperature'],
    ['texts from a latent space', ['text', '--data', 'names', '--model', 'latent', '--set', 'model.width=8'], 'Truncation'],
    ['a VAE of texts', ['text', '--data', 'names', '--model', 'vae'], 'Temperature'],
  ])('%s', async (name, kind, control) => {
    const id = name.replaceAll(' ', '-');
    const training = polygan('train', ...kind, ...tiny, '--out', id, '--json');
    // Nobody reads it, and it must not wait for that.
    training.stdout!.resume();
    expect(await new Promise((resolve) => training.on('exit', resolve))).toBe(0);
    const page = await open(`run=${id}&n=3&view=explore`);
    await page.locator('.card').nth(2).waitFor(SLOW);
    await page.getByLabel(control, { exact: true }).waitFor();
    expect(await page.locator('.card .sample > *').count()).toBe(3);
    expect(await barriersIn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Watch' }).click();
    await page.getByRole('heading', { name: 'Finished' }).waitFor();
    await page.getByRole('heading', { name: 'Curves' }).waitFor();
  });
});
