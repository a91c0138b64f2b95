import { expect, it } from 'vitest';
import { GraphNode } from './node.js';
import { overwritableInputs } from './overwriting.js';
import { Segment } from './segment.js';

const SHAPE = [2048];

function given(): GraphNode {
  const node = new GraphNode('Input', [], {}, SHAPE, 'float32', 'Input');
  node.values = new Float32Array(2048);
  return node;
}

/** A segment, and how to record into it. */
function recording() {
  const segment = new Segment();
  const record = (operator: string, ...inputs: GraphNode[]) => segment.record(operator, inputs, {}, SHAPE, 'float32', operator);
  const overwritten = (...outputs: GraphNode[]) => overwritableInputs(segment.nodes, segment.inputs, outputs);
  return { record, overwritten };
}

it('finds the moment that a new moment replaces, and not the weight that others read', () => {
  const [weight, moment] = [given(), given()];
  const { record, overwritten } = recording();
  const gradient = record('MatMul', weight, weight);
  const newMoment = record('Add', record('Mul', record('Reshape', moment), gradient), gradient);
  const newWeight = record('Sub', weight, newMoment);
  expect(overwritten(newWeight, newMoment)).toEqual([moment, null]);
  expect(overwritten(newMoment, newWeight)).toEqual([moment, null]);
});

it('leaves alone what something reads that may run later', () => {
  const state = given();
  const { record, overwritten } = recording();
  const next = record('Add', state, state);
  expect(overwritten(next)).toEqual([state]);
  const other = record('Mul', state, state);
  expect(overwritten(next)).toEqual([null]);
  expect(overwritten(record('Add', next, other))).toEqual([state]);
});

it('leaves alone an input that a view of is an output', () => {
  const state = given();
  const { record, overwritten } = recording();
  const view = record('Reshape', state);
  expect(overwritten(record('Add', state, state), view)).toEqual([null, null]);
});

it('gives an input to one output only', () => {
  const state = given();
  const { record, overwritten } = recording();
  const sum = record('Add', state, state);
  expect(overwritten(sum, record('Mul', sum, sum))).toEqual([state, null]);
});
