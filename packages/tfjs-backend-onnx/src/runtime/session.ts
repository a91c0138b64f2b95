import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../graph/compile.js';
import { valueName } from '../graph/compile.js';
import type { GraphNode } from '../graph/node.js';
import { type GraphValues, sizeOf } from '../graph/types.js';
import type { BufferPool } from './buffer-pool.js';
import { loadRuntime, type NativeSession } from './native.js';

/** A compiled graph, ready to run with other values each time. */
export class Session {
  readonly #native: NativeSession;
  readonly #inputs: readonly number[];
  #inputNames: readonly string[] | undefined;
  #outputNames: readonly string[] | undefined;

  constructor({ model, inputs }: CompiledModel, options: InferenceSession.SessionOptions) {
    const { Session: Native } = loadRuntime();
    this.#native = new Native();
    this.#native.loadModel(model.buffer, model.byteOffset, model.byteLength, options);
    this.#inputs = inputs;
  }

  /** Runs the graph on a segment's inputs, into buffers of the pool. Returns the values of `outputs`, in order. */
  run(inputs: readonly GraphNode[], outputs: readonly GraphNode[], pool: BufferPool): GraphValues[] {
    const { Tensor: TensorClass } = loadRuntime();
    const tensor = (node: GraphNode, values: GraphValues): Tensor =>
      new TensorClass(node.dtype as 'float32', values as Float32Array, node.shape);
    this.#inputNames ??= this.#inputs.map((position) => valueName(inputs[position]!));
    this.#outputNames ??= outputs.map(valueName);
    const feeds: Record<string, Tensor> = {};
    const fetches: Record<string, Tensor> = {};
    this.#inputs.forEach((position, index) => {
      const node = inputs[position]!;
      feeds[this.#inputNames![index]!] = tensor(node, node.values!);
    });
    const results = outputs.map((node, index) => {
      const values = pool.take(node.dtype, sizeOf(node.shape));
      fetches[this.#outputNames![index]!] = tensor(node, values);
      return values;
    });
    this.#native.run(feeds, fetches, {});
    return results;
  }

  /** Frees the native session. */
  dispose(): void {
    this.#native.dispose();
  }
}
