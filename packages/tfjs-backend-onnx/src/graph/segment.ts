import { type ConstantNode, GraphNode } from './node.js';
import { type Signature, Signatures } from './signatures.js';
import type { Attributes, GraphDataType } from './types.js';

let segments = 0;

/**
 * The nodes recorded since the last run.
 *
 * Equal nodes (same operator, attributes and inputs) are recorded once, so that work which two losses have in common is
 * done once. All their signatures in order are the key by which the compiled graph is found
 * again, whatever the data that is fed in.
 */
export class Segment {
  readonly id = segments++;
  /** Recorded nodes; inputs come before the nodes that use them. */
  readonly nodes: GraphNode[] = [];
  /** Nodes with values that recorded nodes use. */
  readonly inputs: GraphNode[] = [];
  readonly #signatures: Signatures;
  readonly #bySignature = new Map<Signature, GraphNode>();
  readonly #inputSignatures: string[] = [];

  /** @param signatures of all segments of a recorder */
  constructor(signatures = new Signatures()) {
    this.#signatures = signatures;
  }

  /** Records an operator, or finds the equal one. Whatever its inputs do not imply about it must be in `attributes`. */
  record(
    operator: string,
    inputs: readonly GraphNode[],
    attributes: Attributes,
    shape: readonly number[],
    dtype: GraphDataType,
    kernel: string,
    outputs = 1,
  ): GraphNode {
    for (const input of inputs) this.#refer(input);
    const signature = this.#signatures.of(operator, inputs, attributes);
    return (
      this.#bySignature.get(signature) ??
      this.#add(signature, new GraphNode(operator, inputs, attributes, shape, dtype, kernel, outputs))
    );
  }

  /** Records the constant that `make` returns, or finds the one with the same attributes. */
  recordConstant(attributes: Attributes, make: () => ConstantNode): GraphNode {
    const signature = this.#signatures.of('Constant', [], attributes);
    return this.#bySignature.get(signature) ?? this.#add(signature, make());
  }

  /** The structure of this segment with these of its nodes as outputs. */
  key(outputs: readonly GraphNode[]): string {
    const wanted = outputs.map((node) => node.reference);
    return `${this.#inputSignatures.join(';')}#${Array.from(this.#bySignature.keys(), ({ text }) => text).join(';')}#${wanted.join()}`;
  }

  #add(signature: Signature, node: GraphNode): GraphNode {
    node.segment = this.id;
    node.reference = this.nodes.length;
    this.nodes.push(node);
    this.#bySignature.set(signature, node);
    return node;
  }

  /** Gives a node that is from outside a reference of this segment. */
  #refer(node: GraphNode): void {
    if (node.segment === this.id) return;
    if (node.failure) throw node.failure;
    if (!node.values) throw new Error(`A value of kernel ${node.kernel} was used after the run that should have made it`);
    node.segment = this.id;
    this.inputs.push(node);
    node.reference = -this.inputs.length;
    this.#inputSignatures.push(`${node.dtype}:${node.shape}`);
  }
}
