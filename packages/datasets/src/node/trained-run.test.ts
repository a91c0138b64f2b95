import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Run } from '@polygan/core/node';
import { expect, it } from 'vitest';
import { isTrainedRun, trainedRun } from './trained-run.js';

it('is a run with a model, and with what reads each form', async () => {
  const run = await Run.open(trainedRun('digits-in-three-forms'));
  expect(run.record).toMatchObject({ modality: 'multimodal', data: { source: 'digits' } });
  expect(await run.modelStep()).toBeGreaterThan(1000);
  for (const form of ['image', 'audio', 'text']) {
    expect(await readdir(path.join(run.modelDirectory, form))).toContain('model.json');
  }
});

it('is none of another name', () => {
  expect(isTrainedRun('digits')).toBe(false);
  expect(() => trainedRun('digits' as never)).toThrow("there is none of the name 'digits'");
});
