/**
 * Does a long training stay as it is? Trains a small DCGAN for many steps, and prints along the way what it holds: memory of the process, tensors,
 * graphs. Fails where anything but the process's memory changes after the first twentieth, or where that grows by more than 5 % from the first half to the second.
 *
 *     soak/run.ts [--steps N] [--engine NAME] [--threads N]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { train } from '@polygan/core';
import { type EngineName, useEngine } from '@polygan/core/node';
import { dcgan } from '@polygan/image';
import * as tf from '@tensorflow/tfjs';
import { parsedOptions } from '../../tooling/parsed-options.mjs';
import { describeMachine, machineLine } from '../machine.js';
import { markdownTable } from '../markdown-table.js';
import { noise } from '../speed/cases/noise.js';

const RECORDS = 20;
const ALLOWED_GROWTH = 1.05;

const { values: options } = parsedOptions({
  options: {
    steps: { type: 'string', default: '20000' },
    engine: { type: 'string', default: 'auto' },
    threads: { type: 'string', default: '1' },
    out: { type: 'string', default: path.join(import.meta.dirname, '..', 'results', 'soak') },
  },
});
const steps = Number(options.steps);
const reportEvery = Math.ceil(steps / RECORDS);
const { name: engine } = await useEngine(options.engine as EngineName | 'auto', { threads: Number(options.threads) });
if (!globalThis.gc)
  throw new Error('soak: run node with --expose-gc, so that memory is what is held and not what waits to be collected');

/** What is held after a step. Sessions and graphs are those of `onnx`; other engines have none. */
interface Holding {
  readonly step: number;
  readonly seconds: number;
  readonly residentMB: number;
  readonly heapMB: number;
  readonly tensors: number;
  readonly sessions: number;
  readonly compiled: number;
}

const model = dcgan({ size: 16, channels: 1, width: 8 });
const training = train(model, noise([16, 16, 1], 256), {
  batchSize: 16,
  steps,
  reportEvery,
  average: { halfLife: 1000 },
});
const holdings: Holding[] = [];
const started = performance.now();
for await (const { step } of training) {
  globalThis.gc();
  holdings.push(holdingAt(step));
  console.log(JSON.stringify(holdings.at(-1)));
}

const machine = describeMachine();
const report = [
  '# Soak',
  `A DCGAN of 16×16 pictures, batch 16, width 8, ${steps} steps on ${engine}, ${options.threads} threads, read after a collection of garbage. ${machineLine(machine)}`,
  markdownTable(
    ['step', 'seconds', 'process MB', 'heap MB', 'tensors', 'sessions', 'compiled so far'],
    holdings.map(({ step, seconds, residentMB, heapMB, tensors, sessions, compiled }) => [
      `${step}`,
      seconds.toFixed(0),
      residentMB.toFixed(0),
      heapMB.toFixed(1),
      `${tensors}`,
      `${sessions}`,
      `${compiled}`,
    ]),
  ),
].join('\n\n');
await mkdir(path.dirname(options.out), { recursive: true });
await writeFile(`${options.out}.md`, `${report}\n`);
console.log(`\n${report}`);
process.exit(isSteady(holdings) ? 0 : 1);

function holdingAt(step: number): Holding {
  const { rss, heapUsed } = process.memoryUsage();
  const {
    numTensors,
    numSessions = 0,
    numCompiledGraphs = 0,
  } = tf.memory() as tf.MemoryInfo & {
    numSessions?: number;
    numCompiledGraphs?: number;
  };
  return {
    step,
    seconds: (performance.now() - started) / 1000,
    residentMB: rss / 2 ** 20,
    heapMB: heapUsed / 2 ** 20,
    tensors: numTensors,
    sessions: numSessions,
    compiled: numCompiledGraphs,
  };
}

/** The first record is left out: by then the last buffers are just being made. What the process holds goes up and down a little, so halves are compared by their medians. */
function isSteady([, ...later]: readonly Holding[]): boolean {
  const [first] = later;
  const middle = Math.ceil(later.length / 2);
  const [before, after] = [later.slice(0, middle), later.slice(middle)].map((half) =>
    median(half.map(({ residentMB }) => residentMB)),
  );
  return (
    after! < before! * ALLOWED_GROWTH &&
    later.every(
      ({ tensors, sessions, compiled }) =>
        tensors === first!.tensors && sessions === first!.sessions && compiled === first!.compiled,
    )
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
