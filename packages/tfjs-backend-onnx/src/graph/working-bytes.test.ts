import { expect, it } from 'vitest';
import { Segment } from './segment.js';
import { workingBytes } from './working-bytes.js';

it('counts what is alive at one time, without inputs and outputs', () => {
  const segment = new Segment();
  const record = (operator: string, inputs: Parameters<Segment['record']>[1], shape: number[]) =>
    segment.record(operator, inputs, {}, shape, 'float32', operator);
  const start = record('RandomUniform', [], [100]);
  const powers = record('Exp', [start], [100]);
  const view = record('Reshape', [powers], [10, 10]);
  const rows = record('ReduceSum', [view], [10]);
  const roots = record('Sqrt', [powers], [100]);
  const result = record('Mul', [rows, roots], [100]);
  // Most at `Sqrt`: 100 powers, seen as rows too, 10 sums and 100 roots.
  expect(workingBytes(segment.nodes, [result])).toBe(4 * 210);
  expect(workingBytes(segment.nodes, [result, roots])).toBe(4 * 200);
});
