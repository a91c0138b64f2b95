import { expect, test } from 'vitest';
import { GraphNode } from './node.js';
import { Signatures } from './signatures.js';
import { type Attributes, FloatAttribute } from './types.js';

/** An input with this reference. */
function input(reference: number): GraphNode {
  const node = new GraphNode('Input', [], {}, [], 'float32', 'test');
  node.reference = reference;
  return node;
}

type Recorded = readonly [operator: string, references: readonly number[], attributes: Attributes];

const record = (signatures: Signatures, [operator, references, attributes]: Recorded) =>
  signatures.of(operator, references.map(input), attributes);

const different: readonly Recorded[] = [
  ['Add', [0, 1], {}],
  ['Mul', [0, 1], {}],
  ['Add', [1, 0], {}],
  ['Add', [0], {}],
  ['Add', [0, 1, 2], {}],
  ['Add', [0, 1], { axis: 0 }],
  ['Add', [0, 1], { axis: 1 }],
  ['Add', [0, 1], { axis: 1, keepdims: 0 }],
  ['Add', [0, 1], { other: 1 }],
  ['Add', [0, 1], { axis: new FloatAttribute(1) }],
  ['Add', [0, 1], { axis: new FloatAttribute(2) }],
  ['Add', [0, 1], { axis: [1, 2] }],
  ['Add', [0, 1], { axis: [1, 3] }],
  ['Add', [0, 1], { axis: [1, 2, 3] }],
  ['Add', [0, 1], { axis: 'edge' }],
];

test('what differs in anything has a signature of its own, whatever came before it', () => {
  const signatures = new Signatures();
  const first = different.map((each) => record(signatures, each));
  expect(new Set(first).size).toBe(different.length);
  expect(new Set(first.map(({ text }) => text)).size).toBe(different.length);
  // After each, each of the others: what followed last time is a wrong guess.
  for (const [i, before] of different.entries()) {
    for (const [j, each] of different.entries()) {
      expect(record(signatures, before)).toBe(first[i]);
      expect(record(signatures, each)).toBe(first[j]);
    }
  }
});

test('a number that is not one is found again', () => {
  const signatures = new Signatures();
  const nan: Recorded = ['Constant', [], { values: [Number.NaN] }];
  expect(record(signatures, nan)).toBe(record(signatures, nan));
});

test('a list that was changed in place is another one', () => {
  const signatures = new Signatures();
  const perm = [0, 1];
  const before = record(signatures, ['Transpose', [0], { perm }]);
  record(signatures, ['Transpose', [0], { perm }]);
  perm.reverse();
  expect(record(signatures, ['Transpose', [0], { perm }])).not.toBe(before);
});
