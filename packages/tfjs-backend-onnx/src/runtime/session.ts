import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type CompiledModel, valueName } from '../graph/compile.js';
import type { GraphNode } from '../graph/node.js';
import { type GraphValues, sizeOf } from '../graph/types.js';
import type { BufferPool } from './buffer-pool.js';
import { loadRuntime, type NativeSession } from './native.js';

/**
 * A compiled graph, ready to run with other values each time.
 *
 * A session that keeps the memory that it works in (an arena) runs faster, but many graphs run once only, such as a
 * training's first step, and their arenas would be lost memory. So the first run does without, and a graph that runs again
 * is loaded again with an arena.
 */
export class Session {
  readonly #options: InferenceSession.SessionOptions;
  #compiled: CompiledModel | null;
  #native: NativeSession;
  readonly #inputs: readonly number[];
  #inputNames: readonly string[] | undefined;
  #outputNames: readonly string[] | undefined;

  constructor(compiled: CompiledModel, options: InferenceSession.SessionOptions) {
    this.#options = options;
    this.#compiled = compiled;
    this.#inputs = compiled.inputs;
    this.#native = load(compiled, { enableCpuMemArena: false, ...options });
  }

  /** Runs the graph on a segment's inputs, into buffers of the pool. Returns the values of `outputs`, in order. */
  run(inputs: readonly GraphNode[], outputs: readonly GraphNode[], pool: BufferPool): GraphValues[] {
    if (!this.#inputNames) this.#inputNames = this.#inputs.map((position) => valueName(inputs[position]!));
    else this.#keepMemory();
    this.#outputNames ??= outputs.map(valueName);
    const feeds: Record<string, Tensor> = {};
    const fetches: Record<string, Tensor> = {};
    this.#inputs.forEach((position, index) => {
      const node = inputs[position]!;
      feeds[this.#inputNames![index]!] = tensorOf(node, node.values!);
    });
    const results = outputs.map((node, index) => {
      const values = pool.take(node.dtype, sizeOf(node.shape));
      fetches[this.#outputNames![index]!] = tensorOf(node, values);
      return values;
    });
    this.#native.run(feeds, fetches, {});
    return results;
  }

  /** Frees the native session. */
  dispose(): void {
    this.#native.dispose();
  }

  #keepMemory(): void {
    if (!this.#compiled) return;
    this.#native.dispose();
    this.#native = load(this.#compiled, this.#options);
    this.#compiled = null;
  }
}

function load({ model }: CompiledModel, options: InferenceSession.SessionOptions): NativeSession {
  const { Session: Native } = loadRuntime();
  const native = new Native();
  native.loadModel(model.buffer, model.byteOffset, model.byteLength, options);
  return native;
}

function tensorOf(node: GraphNode, values: GraphValues): Tensor {
  const { Tensor: TensorClass } = loadRuntime();
  return new TensorClass(node.dtype as 'float32', values as Float32Array, node.shape);
}
