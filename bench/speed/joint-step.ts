/**
 * Times a training step of several forms together against the steps of the same networks, each in a GAN of its own; see the README beside package.json.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type EngineName, useEngine } from '@polygan/core/node';
import { describeMachine, machineLine } from '../machine.js';
import { markdownTable } from '../markdown-table.js';
import { FORMS, JOINT_MODELS, jointSides } from './joint-sides.js';

const { values: options } = parseArgs({
  options: {
    engine: { type: 'string', default: 'onnx' },
    threads: { type: 'string', default: `${os.availableParallelism()}` },
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '10' },
    out: { type: 'string', default: path.join(import.meta.dirname, '..', 'results', 'joint-step') },
  },
});
const [batchSize, rounds, threads] = [options.batch, options.rounds, options.threads].map(Number) as [number, number, number];
/** Steps of each side in a round; the losses of the last are read. */
const STEPS = 4;
await useEngine(options.engine as EngineName, { threads });
const sides = await jointSides(batchSize, STEPS);

// Twice, or what is compiled once and then kept would be counted.
for (let warming = 0; warming < 2; warming++) for (const advance of Object.values(sides)) await advance();
const times: Record<string, number[]> = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, advance] of Object.entries(sides)) {
    const before = performance.now();
    await advance();
    times[name]!.push((performance.now() - before) / STEPS);
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const figures = (of: (values: readonly number[]) => number) => {
  const each = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, of(values)]));
  const sum = FORMS.reduce((total, name) => total + each[name]!, 0);
  return { ...each, sum };
};
const [medians, minima] = [figures(median), figures((values) => Math.min(...values))] as Record<string, number>[];
const rows = [...FORMS, 'sum', ...JOINT_MODELS].map((name) => {
  const ratio = (all: Record<string, number>) =>
    (FORMS as readonly string[]).includes(name) ? '-' : (all[name]! / all.sum!).toFixed(2);
  return [name, medians![name]!.toFixed(0), minima![name]!.toFixed(0), ratio(medians!), ratio(minima!)];
});
const machine = describeMachine();
const report = [
  '# A step of several forms',
  `${machineLine(machine)} Engine ${options.engine}, ${threads} threads, batches of ${batchSize}, ${rounds} rounds of ${STEPS} steps in alternation.`,
  'Milliseconds a training step of digits as picture, sound and words; ratio: over the sum of what the same networks take, each in a GAN of its own.',
  markdownTable(['step of', 'median ms', 'min ms', 'ratio', 'min ratio'], rows),
].join('\n\n');
await mkdir(path.dirname(options.out), { recursive: true });
await writeFile(`${options.out}.md`, `${report}\n`);
await writeFile(`${options.out}.json`, `${JSON.stringify({ machine, batchSize, threads, rounds, times }, null, 2)}\n`);
console.log(report);
process.exit(0);
