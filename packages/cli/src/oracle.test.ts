import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeSafetensors } from '@polygan/core/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

let folder: string;
let weights: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-oracle-'));
  weights = path.join(folder, 'oracle.safetensors');
  await writeFile(weights, encodeSafetensors(indifferentOracle()));
});
afterAll(() => rm(folder, { recursive: true }));

const captured = capturedOutput();

/** An oracle of four tokens whose weights are all 0: each token is as likely as the others, so that any row's NLL-oracle is ln 4 a token. */
function indifferentOracle() {
  const gates = ['i', 'f', 'o', 'c'].flatMap((gate) => [
    [`w${gate}`, 2, 2] as const,
    [`u${gate}`, 2, 2] as const,
    [`b${gate}`, 2] as const,
  ]);
  const shapes = [['embedding', 4, 2] as const, ...gates, ['output_kernel', 2, 4] as const, ['output_bias', 4] as const];
  return Object.fromEntries(
    shapes.map(([name, ...shape]) => {
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      return [name, { values, shape, dtype: 'float32' as const }];
    }),
  );
}

const oracle = (...words: string[]) => main(['oracle', '--length', '2', '--oracle-weights', weights, ...words]);

test('a baseline is evaluated before it learns and after its last step', async () => {
  expect(await oracle('--method', 'mle', '--set', 'steps=3')).toBe(0);
  const figures = Array.from(captured.out.matchAll(/^ +(\d+) +([\d.]+) +[\d.]+$/gm), ([, step, byOracle]) => [step, byOracle]);
  expect(figures).toEqual([
    ['0', Math.log(4).toFixed(4)],
    ['3', Math.log(4).toFixed(4)],
  ]);
});

test('a SeqGAN learns by the schedule that is asked for', async () => {
  // The time is over after one step.
  expect(await oracle('--json', '--set', 'minutes=0.00001', '--schedule', 'released')).toBe(0);
  const line = captured.out.split('\n').find((text) => text.includes('"pre-training"'));
  const { step, stage } = JSON.parse(line!);
  expect(step).toBe(1);
  // 120 epochs of 156 batches.
  expect(stage.progress).toBeCloseTo(1 / (120 * 156), 8);
});

test('a schedule of a SeqGAN is refused for a baseline', async () => {
  expect(await oracle('--method', 'mle', '--schedule', 'paper')).toBe(1);
  expect(captured.error).toMatch(/--schedule is for --method seqgan, got --method mle/);
});
