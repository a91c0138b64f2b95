import { GraphNode } from './node.js';
import type { Attributes, GraphDataType } from './types.js';

let segments = 0;

/**
 * The nodes recorded since the last run.
 *
 * Equal nodes (same operator, attributes and inputs) are recorded once, so that work which two losses have in common is
 * done once. Each node has a short signature; all signatures in order are the key by which the compiled graph is found
 * again, whatever the data that is fed in.
 */
export class Segment {
  readonly id = segments++;
  /** Recorded nodes; inputs come before the nodes that use them. */
  readonly nodes: GraphNode[] = [];
  /** Nodes with values that recorded nodes use. */
  readonly inputs: GraphNode[] = [];
  readonly #bySignature = new Map<string, GraphNode>();
  readonly #inputSignatures: string[] = [];

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
    let signature = operator;
    for (const input of inputs) signature += `|${this.#reference(input)}`;
    for (const name in attributes) signature += `,${name}=${attributes[name]}`;
    return this.#intern(signature, () => new GraphNode(operator, inputs, attributes, shape, dtype, kernel, outputs));
  }

  /** Records what `make` returns under a signature of the caller's, unless that signature is recorded already. */
  recordConstant(signature: string, make: () => GraphNode): GraphNode {
    return this.#intern(signature, make);
  }

  /** The structure of this segment with these of its nodes as outputs. */
  key(outputs: readonly GraphNode[]): string {
    const wanted = outputs.map((node) => node.reference);
    return `${this.#inputSignatures.join(';')}#${[...this.#bySignature.keys()].join(';')}#${wanted.join()}`;
  }

  #intern(signature: string, make: () => GraphNode): GraphNode {
    let node = this.#bySignature.get(signature);
    if (!node) {
      node = make();
      node.segment = this.id;
      node.reference = this.nodes.length;
      this.nodes.push(node);
      this.#bySignature.set(signature, node);
    }
    return node;
  }

  #reference(node: GraphNode): number {
    if (node.segment !== this.id) {
      if (node.failure) throw node.failure;
      if (!node.values) throw new Error(`A value of kernel ${node.kernel} was used after the run that should have made it`);
      node.segment = this.id;
      this.inputs.push(node);
      node.reference = -this.inputs.length;
      this.#inputSignatures.push(`${node.dtype}:${node.shape}`);
    }
    return node.reference;
  }
}
