import type { GraphNode } from './node.js';
import { type Attributes, type AttributeValue, FloatAttribute } from './types.js';

/** All that tells a recorded node from others of its segment. */
export interface Signature {
  readonly operator: string;
  /** {@link GraphNode.reference} of each input. */
  readonly references: readonly number[];
  readonly attributes: Attributes;
  /** The same as text, which equal signatures have in common. */
  readonly text: string;
  /** What was recorded after it last time. */
  next: Signature | undefined;
}

/** So many are kept; a training step has some ten thousand. */
const MOST = 200_000;

/**
 * The signatures that were ever recorded. A program that repeats itself records them in the same order, so what follows is guessed and compared, which
 * spares writing it as text.
 */
export class Signatures {
  readonly #byText = new Map<string, Signature>();
  #last: Signature | undefined;

  /** @param inputs with the references that they have in the segment that is being recorded */
  of(operator: string, inputs: readonly GraphNode[], attributes: Attributes): Signature {
    const guess = this.#last?.next;
    const signature = guess && isOf(guess, operator, inputs, attributes) ? guess : this.#lookedUp(operator, inputs, attributes);
    if (this.#last) this.#last.next = signature;
    this.#last = signature;
    return signature;
  }

  #lookedUp(operator: string, inputs: readonly GraphNode[], attributes: Attributes): Signature {
    let text = operator;
    for (const { reference } of inputs) text += `|${reference}`;
    for (const name in attributes) text += `,${name}=${attributes[name]}`;
    const found = this.#byText.get(text);
    if (found) return found;
    if (this.#byText.size >= MOST) this.#byText.clear();
    const references = inputs.map(({ reference }) => reference);
    const made: Signature = { operator, references, attributes: snapshot(attributes), text, next: undefined };
    this.#byText.set(text, made);
    return made;
  }
}

/** The attributes with lists of their own: a program may change its list and come again with it. */
function snapshot(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, isList(value) ? [...value] : value]));
}

function isOf(signature: Signature, operator: string, inputs: readonly GraphNode[], attributes: Attributes): boolean {
  const { references } = signature;
  if (signature.operator !== operator || references.length !== inputs.length) return false;
  for (let i = 0; i < references.length; i++) if (references[i] !== inputs[i]!.reference) return false;
  return sameAttributes(signature.attributes, attributes);
}

function sameAttributes(a: Attributes, b: Attributes): boolean {
  let missing = 0;
  for (const _name in a) missing++;
  for (const name in b) {
    if (!sameValue(a[name], b[name]!)) return false;
    missing--;
  }
  return missing === 0;
}

function sameValue(a: AttributeValue | undefined, b: AttributeValue): boolean {
  if (a === b) return true;
  if (a instanceof FloatAttribute) return b instanceof FloatAttribute && a.value === b.value;
  return isList(a) && isList(b) && a.length === b.length && a.every((each, i) => each === b[i]);
}

const isList = (value: AttributeValue | undefined): value is readonly number[] => Array.isArray(value);
