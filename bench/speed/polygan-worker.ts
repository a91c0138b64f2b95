/**
 * The polygan side of one case, in a process of its own. Speaks the protocol of peer.ts.
 *
 *     polygan-worker.ts CASE --engine NAME --threads N --batch N --width N
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type EngineName, useEngine } from '@polygan/core/node';
import { caseNamed } from './cases.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { engine: { type: 'string' }, threads: { type: 'string' }, batch: { type: 'string' }, width: { type: 'string' } },
});
const tell = (message: object) => console.log(JSON.stringify(message));

await useEngine(values.engine as EngineName, { threads: Number(values.threads) });
const prepared = caseNamed(positionals[0]!).prepare({ batch: Number(values.batch), width: Number(values.width) });

const started = performance.now();
await prepared.first();
tell({ firstMs: performance.now() - started });

for await (const line of createInterface({ input: process.stdin })) {
  const { milliseconds } = JSON.parse(line) as { milliseconds: number };
  const times: number[] = [];
  for (const begin = performance.now(); performance.now() - begin < milliseconds; ) {
    const before = performance.now();
    const steps = await prepared.advance();
    times.push((performance.now() - before) / steps);
  }
  // Node gives kilobytes.
  tell({ times, peakMemoryMB: process.resourceUsage().maxRSS / 1024 });
}
process.exit(0);
