import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TrainReport } from '../../training/report.js';
import { Run } from '../run/run.js';
import { evenly } from './previews.js';
import { saveScores } from './scores.js';
import { writeReport } from './write-report.js';

let run: Run;

beforeEach(async () => {
  run = await Run.create(await mkdtemp(path.join(tmpdir(), 'polygan-report-')), {
    modality: 'image',
    model: { kind: 'dcgan', options: { size: 28 } },
    training: { steps: 100 },
    data: { source: 'my <pictures>', options: {}, fingerprint: 'f', size: 1234, classNames: ['a', 'b'] },
    engine: 'cpu',
  });
});

afterEach(() => rm(run.directory, { recursive: true }));

const page = async () => {
  await writeReport(run);
  return readFile(path.join(run.directory, 'report.html'), 'utf8');
};

function report(step: number, more: Partial<TrainReport> = {}): TrainReport {
  return {
    step,
    samplesSeen: step * 64,
    metrics: { 'loss/generator': Math.exp(-step / 50), 'loss/discriminator': 1 / step, diversity: 0.9 },
    stepsPerSecond: 2,
    samplesPerSecond: 128,
    seconds: step / 2,
    progress: step / 100,
    secondsLeft: (100 - step) / 2,
    warnings: [],
    ...more,
  };
}

describe('writeReport', () => {
  test('a run that has just begun has a page, with everything escaped', async () => {
    const text = await page();
    expect(text).toContain('dcgan on my &#60;pictures&#62;');
    expect(text).not.toContain('<pictures>');
    expect(text).toContain('has just begun');
    expect(text).toContain("document.getElementById('step')");
  });

  test('shows long options by their beginning', async () => {
    const record = {
      ...run.record,
      model: { kind: 'waveGan', options: { words: Array(30).fill(7), members: '12 '.repeat(100) } },
    };
    await writeFile(path.join(run.directory, 'run.json'), JSON.stringify(record));
    run = await Run.open(run.directory);
    const text = await page();
    expect(text).toContain('… 6 more, in run.json');
    expect(text).toContain(`${'12 '.repeat(66)}12… all of it in run.json`);
  });

  test('shows progress, curves, warnings and scores', async () => {
    const warnings = [{ cause: 'collapse' as const, message: 'too much alike' }];
    for (const step of [20, 40, 60]) await run.metrics.append(report(step, step === 40 ? { warnings } : {}));
    await run.metrics.append(report(100, { stopped: 'steps' }));
    await saveScores(run.directory, {
      step: 100,
      features: 'a classifier',
      realSamples: 'held-out samples',
      seed: 0,
      scores: [
        { metric: 'm', title: 'Distance', value: 7.25, realValue: 0.5, better: 'lower', real: 10, fake: 10, meaning: 'How far.' },
      ],
    });
    const text = await page();
    expect(text).toContain('Finished: all steps are done.');
    expect(text).toMatch(/aria-label="loss over 20 to 100 steps; newest values: generator 0.135, discriminator 0.01"/);
    expect(text).toMatch(/collapse<\/b>, at step 40: too much alike/);
    expect(text).toMatch(/Distance.*7\.25.*0\.5/);
  });

  test('marks where the stages of a training begin', async () => {
    for (const step of [20, 40, 60, 80]) {
      const stage = { name: step < 60 ? 'pre-training' : 'adversarial', progress: 0.5, secondsLeft: 1 };
      await run.metrics.append(report(step, { stage }));
    }
    const text = await page();
    // The axis from 20 to 80 is 498 wide.
    expect(text).toMatch(/<line class="mark" x1="0\.0"[^>]*>\s*<text[^>]*>pre-training</);
    expect(text).toMatch(/<line class="mark" x1="332\.0"[^>]*>\s*<text[^>]*>adversarial</);
  });

  test('holds the samples of every kind itself and asks for no other file', async () => {
    await writeFile(path.join(run.samplesDirectory, '00000000.png'), 'picture');
    await writeFile(path.join(run.samplesDirectory, '00000020.wav'), 'sound');
    await writeFile(path.join(run.samplesDirectory, '00000040.txt'), 'a < b');
    await writeFile(path.join(run.samplesDirectory, '.unfinished'), 'waste');
    const text = await page();
    expect(text).toContain(`<img src="data:image/png;base64,${Buffer.from('picture').toString('base64')}"`);
    expect(text).toContain(`src="data:audio/wav;base64,${Buffer.from('sound').toString('base64')}"`);
    expect(text).toContain('<pre>a &#60; b</pre>');
    expect(text.match(/(src|href)="(?!data:)/g)).toBeNull();
    expect(text).not.toMatch(/https?:/);
  });

  test('shows a sound with its picture, and few of them where they are large', async () => {
    for (const step of [0, 20, 40, 60, 80]) {
      await writeFile(path.join(run.samplesDirectory, `${step}.wav`), Buffer.alloc(2.5e6));
      await writeFile(path.join(run.samplesDirectory, `${step}.png`), Buffer.alloc(1e5));
    }
    const text = await page();
    expect(text.match(/<img [^>]*><audio /g)).toHaveLength(3);
    expect(text).toContain('data-step="80"');
  });

  test('where it is known which sound is where, each has a button over its picture', async () => {
    const place = { from: 1.5, to: 2, left: 0.25, top: 0, width: 0.25, height: 0.5 };
    await writeFile(path.join(run.samplesDirectory, '20.wav'), 'sound');
    await writeFile(path.join(run.samplesDirectory, '20.png'), 'picture');
    await writeFile(path.join(run.samplesDirectory, '20.json'), JSON.stringify([{ ...place, left: 0 }, place]));
    const text = await page();
    expect(text).toContain(
      'aria-label="Play sound 2" data-from="1.5" data-to="2" style="left:25.000%;top:0.000%;width:25.000%;height:50.000%"',
    );
    expect(text.match(/<audio /g)).toHaveLength(1);
  });

  test('tells the command that was typed', async () => {
    const typed = await Run.create(path.join(run.directory, 'typed'), {
      ...run.record,
      command: "polygan train image --data 'my <pictures>'",
    });
    await writeReport(typed);
    const text = await readFile(path.join(typed.directory, 'report.html'), 'utf8');
    expect(text).toContain('polygan train image --data &#39;my &#60;pictures&#62;&#39;');
  });

  test('a long run is thinned', async () => {
    const reports = Array.from({ length: 3000 }, (_, i) => report(20 * (i + 1)));
    await writeFile(path.join(run.directory, 'metrics.jsonl'), reports.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    for (let step = 0; step <= 6000; step += 100) await writeFile(path.join(run.samplesDirectory, `${step}.png`), `${step}`);
    const text = await page();
    expect(text.match(/<img /g)).toHaveLength(24);
    expect(text).toContain('data-step="0"');
    expect(text).toContain('data-step="6000"');
    expect(text.length).toBeLessThan(80_000);
  });
});

test('evenly keeps the first and the last', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
  expect(evenly([0, 1], 3)).toEqual([0, 1]);
});
