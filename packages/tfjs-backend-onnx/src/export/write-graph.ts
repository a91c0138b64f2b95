import { encodeModel, type ModelConstant, type ModelNode, type ModelValue, onnxType } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { GraphDataType } from '../graph/types.js';
import { type AnyBatchGraph, neededOf } from './any-batch.js';
import type { Dependence, ScaledShape } from './numbers.js';
import { bytesOf, storedWeights, type WeightBits } from './stored-weights.js';
import type { ExportInput, TracedNode, TracedValue } from './trace.js';

/** The oldest operator set that has all operators in the form in which kernels are recorded. */
const OPERATOR_SET = 18;
const IR_VERSION = 8;
/** The name of the batch's extent. */
const BATCH = 'batch';

/** What the file says besides the graph. */
export interface FileOptions {
  readonly bits: WeightBits;
  readonly metadata: Readonly<Record<string, string>>;
  /** Names of weights. */
  readonly names: ReadonlyMap<GraphNode, string>;
}

/** Writes a graph as an ONNX file. */
export function writeGraph(
  graph: AnyBatchGraph,
  inputs: Readonly<Record<string, ExportInput>>,
  options: FileOptions,
): Uint8Array<ArrayBuffer> {
  const writer = new GraphFile(graph, inputs, options);
  return writer.encode();
}

class GraphFile {
  readonly #nodes: ModelNode[] = [];
  readonly #constants: ModelConstant[] = [];
  readonly #valueNames: readonly string[];
  readonly #outputNames: ReadonlyMap<number, string>;
  #batchName = '';

  constructor(
    private readonly graph: AnyBatchGraph,
    private readonly inputs: Readonly<Record<string, ExportInput>>,
    private readonly options: FileOptions,
  ) {
    const taken = new Set<string>();
    this.#valueNames = graph.values.map(({ input, node }, position) => {
      const wanted = input ?? options.names.get(node) ?? `value_${position}`;
      const name = taken.has(wanted) ? `${wanted}_${position}` : wanted;
      taken.add(name);
      return name;
    });
    this.#outputNames = new Map(Object.entries(graph.outputs).map(([name, position]) => [position, name]));
  }

  encode(): Uint8Array<ArrayBuffer> {
    const { graph } = this;
    const needed = neededOf(graph);
    graph.values.forEach((value, position) => {
      if (value.input === undefined && needed.has(-1 - position)) this.#writeValue(value, this.#valueNames[position]!);
    });
    graph.nodes.forEach((node, position) => {
      if (needed.has(position)) this.#writeNode(node, position);
    });
    // One value may be several results.
    for (const [name, position] of Object.entries(graph.outputs)) {
      const known = this.#outputNames.get(position)!;
      if (name !== known) this.#op('Identity', name, [known]);
    }
    const outputs = Object.entries(graph.outputShapes).map(([name, shape]): ModelValue => {
      return { name, dtype: graph.nodes[graph.outputs[name]!]!.dtype, shape: shape.map((extent) => extent ?? BATCH) };
    });
    const inputs = Object.entries(this.inputs).map(([name, { shape, dtype = 'float32' }]): ModelValue => {
      return { name, dtype, shape: shape.map((extent) => extent ?? BATCH) };
    });
    return encodeModel(
      { nodes: this.#nodes, constants: this.#constants, inputs, outputs },
      {
        irVersion: IR_VERSION,
        operatorSets: [['', OPERATOR_SET]],
        producer: '@polygan/tfjs-backend-onnx',
        metadata: this.options.metadata,
      },
    );
  }

  #writeNode(node: TracedNode, position: number): void {
    const { operator, kernel, attributes, outputs } = node;
    if (operator === 'Output') return;
    const name = this.#nameOf(position);
    if (operator === 'Constant') {
      this.#writeConstant(node, name);
      return;
    }
    if (operator.includes(':'))
      throw new Error(`exportOnnx: ${kernel} was recorded as ${operator}, which is not one of ONNX's own operators`);
    const results = outputs === 1 ? [name] : Array.from({ length: outputs }, (_, index) => `${name}_output${index}`);
    this.#op(
      operator,
      name,
      node.inputs.map((input) => this.#nameOf(input)),
      attributes,
      results,
    );
  }

  #writeConstant(node: TracedNode, name: string): void {
    const found = this.graph.constants.get(node);
    if (found && found.kind !== 'fixed') this.#writeDependent(found, node, name);
    else this.#constants.push({ name, dtype: node.dtype, shape: node.shape, data: node.bytes! });
  }

  #writeValue(value: TracedValue, name: string): void {
    const { shape, dtype, values } = value;
    const found = this.graph.fed.get(value);
    if (found && found.kind !== 'fixed') {
      this.#writeDependent(found, value, name);
      return;
    }
    if (dtype !== 'float32') {
      this.#constants.push({ name, dtype, shape, data: bytesOf(values) });
      return;
    }
    const { constants, nodes } = storedWeights(name, shape, values as Float32Array, this.options.bits);
    this.#constants.push(...constants);
    this.#nodes.push(...nodes);
  }

  /** Numbers that depend on the size of the batch are worked out when the graph runs. */
  #writeDependent(
    found: Exclude<Dependence, { kind: 'fixed' }>,
    { shape, dtype }: { readonly shape: readonly number[]; readonly dtype: GraphDataType },
    name: string,
  ): void {
    if (found.kind === 'linear') {
      const flat = this.#linear(found, `${name}_numbers`);
      const shaped = this.#op('Reshape', `${name}_shaped`, [flat, this.#integers(`${name}_shape`, shape)]);
      this.#op('Cast', name, [shaped], { to: onnxType(dtype) });
      return;
    }
    const extents = this.#linear(found.shape, `${name}_shape`);
    if (found.kind === 'repeated') {
      this.#op('Expand', name, [this.#number(`${name}_value`, dtype, found.value), extents]);
      return;
    }
    const { start, step } = found;
    const end = this.#linear({ slopes: [step], offsets: [start] }, `${name}_end`);
    const limits = [this.#number(`${name}_start`, 'int64', start), this.#op('Squeeze', `${name}_limit`, [end])];
    const counted = this.#op('Range', `${name}_counted`, [...limits, this.#number(`${name}_step`, 'int64', step)]);
    this.#op('Cast', name, [this.#op('Reshape', `${name}_shaped`, [counted, extents])], { to: onnxType(dtype) });
  }

  #linear({ slopes, offsets }: ScaledShape, name: string): string {
    const scaled = this.#op('Mul', `${name}_scaled`, [this.#batch(), this.#integers(`${name}_slopes`, slopes)]);
    return this.#op('Add', name, [scaled, this.#integers(`${name}_offsets`, offsets)]);
  }

  /** The size of the batch, int64 [1], taken from the first input that has one. */
  #batch(): string {
    if (this.#batchName) return this.#batchName;
    const [name, { shape }] = Object.entries(this.inputs).find(([, input]) => input.shape.includes(null))!;
    const axis = shape.indexOf(null);
    this.#batchName = this.#op('Shape', 'batch_size', [name], { start: axis, end: axis + 1 });
    return this.#batchName;
  }

  #op(
    operator: string,
    name: string,
    inputs: readonly string[],
    attributes: ModelNode['attributes'] = {},
    outputs: readonly string[] = [name],
  ): string {
    this.#nodes.push({ name, operator, inputs, outputs, attributes });
    return name;
  }

  #integers(name: string, values: readonly number[]): string {
    this.#constants.push({ name, dtype: 'int64', shape: [values.length], data: bytesOf(BigInt64Array.from(values, BigInt)) });
    return name;
  }

  #number(name: string, dtype: GraphDataType, value: number): string {
    const data = {
      float32: () => Float32Array.of(value),
      float64: () => Float64Array.of(value),
      int32: () => Int32Array.of(value),
      int64: () => BigInt64Array.of(BigInt(value)),
      bool: () => Uint8Array.of(value),
    }[dtype]();
    this.#constants.push({ name, dtype, shape: [], data: bytesOf(data) });
    return name;
  }

  #nameOf(position: number): string {
    if (position < 0) return this.#valueNames[-1 - position]!;
    const output = this.#outputNames.get(position);
    if (output !== undefined) return output;
    const node = this.graph.nodes[position]!;
    if (node.operator === 'Output') return `${this.#nameOf(node.inputs[0]!)}_output${node.attributes.index}`;
    return `${node.kernel || 'node'}_${position}`;
  }
}
