/**
 * Times polygan on every engine of this machine against PyTorch; see the README beside package.json.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inspectEngines } from '@polygan/core/node';
import { parsedOptions } from '../../tooling/parsed-options.mjs';
import { describeMachine, machineLine } from '../machine.js';
import { markdownTable } from '../markdown-table.js';
import type { CaseSize } from './case.js';
import { caseNamed, cases } from './cases.js';
import { compare, type Timing } from './compare.js';

const { values: options, positionals } = parsedOptions({
  allowPositionals: true,
  options: {
    python: { type: 'string' },
    engines: { type: 'string' },
    threads: { type: 'string', default: `${os.availableParallelism()}` },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    scaling: { type: 'boolean', default: false },
    out: { type: 'string', default: path.join(import.meta.dirname, '..', 'results', 'speed') },
  },
});

const engines = options.engines?.split(',') ?? (await enginesToTime());
const comparison = {
  engines,
  ...(options.python && { python: options.python }),
  threads: Number(options.threads),
  rounds: Number(options.rounds),
  secondsPerRound: Number(options.seconds),
};
if (!options.python) console.log('No --python PATH: timing the engines alone.');

const results: { case: string; title: string; size: CaseSize; timings: Timing[] }[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(cases)) {
  const speedCase = caseNamed(name);
  const variants = options.scaling ? (speedCase.variants ?? []) : [];
  for (const size of [speedCase.size, ...variants.map((variant) => ({ ...speedCase.size, ...variant }))]) {
    console.log(`\n${speedCase.title}, batch ${size.batch}, width ${size.width}`);
    const timings = await compare(name, size, comparison);
    results.push({ case: name, title: speedCase.title, size, timings });
    console.log(table(results.slice(-1)));
  }
}

const machine = describeMachine();
const { threads, rounds, secondsPerRound } = comparison;
const torch = results.flatMap(({ timings }) => timings).find(({ version }) => version)?.version;
const report = [
  '# Speed',
  `${machineLine(machine)} ${torch ? `PyTorch ${torch}. ` : ''}${threads} threads.`,
  `Milliseconds a step over ${rounds} rounds of ${secondsPerRound} s in alternation. Ratio: median over PyTorch's median, and minimum over its minimum; below 1 is faster than PyTorch. Start: from the start of the process to the end of its first step. Compile: by how much the first step took longer than the median.`,
  table(results),
].join('\n\n');
await mkdir(path.dirname(options.out), { recursive: true });
await writeFile(`${options.out}.md`, `${report}\n`);
await writeFile(
  `${options.out}.json`,
  `${JSON.stringify({ machine, comparison: { threads, rounds, secondsPerRound, engines }, results }, null, 2)}\n`,
);
console.log(`\n${report}`);

/** The engines that work here, but for tfjs's plain JavaScript one: a step takes it minutes. */
async function enginesToTime(): Promise<string[]> {
  const found = await inspectEngines();
  return found.filter(({ works, name }) => works && name !== 'cpu').map(({ name }) => name);
}

function table(rows: typeof results): string {
  const cells = rows.flatMap(({ case: name, size, timings }) => {
    const torch = timings.find((timing) => timing.name === 'PyTorch');
    return timings.map((timing) => [
      name,
      `${size.batch}`,
      `${size.width}`,
      timing.name,
      timing.medianMs.toFixed(1),
      timing.minMs.toFixed(1),
      torch ? (timing.medianMs / torch.medianMs).toFixed(2) : '-',
      torch ? (timing.minMs / torch.minMs).toFixed(2) : '-',
      ((1000 * size.batch) / timing.medianMs).toFixed(0),
      (timing.startMs / 1000).toFixed(2),
      (timing.compileMs / 1000).toFixed(2),
      timing.peakMemoryMB.toFixed(0),
    ]);
  });
  return markdownTable(
    ['case', 'batch', 'width', 'on', 'median ms', 'min ms', 'ratio', 'min ratio', 'samples/s', 'start s', 'compile s', 'peak MB'],
    cells,
  );
}
