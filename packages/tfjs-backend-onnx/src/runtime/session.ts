import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type CompiledModel, valueName } from '../graph/compile.js';
import type { GraphNode } from '../graph/node.js';
import { type GraphValues, sizeOf, valuesOf } from '../graph/types.js';
import { isRefusalToRead, unreadOutput } from '../graph/unread-output.js';
import type { BufferPool } from './buffer-pool.js';
import { loadRuntime, type NativeSession } from './native.js';

/** A graph that works in so little memory keeps it from its first run on. */
const SMALL = 8 * 2 ** 20;
/** A model of more bytes takes seconds to load, and is kept whatever it holds. */
const SLOW = 2 ** 19;
/** Runs of another graph after which it has proved to be one that comes again and again. */
const TRIALS = 2;

/**
 * A compiled graph, ready to run with other values each time.
 *
 * The runtime keeps the memory that a session works in (an arena), which makes the next run faster. But many graphs run once
 * or twice only, such as a training's first step, and theirs would be lost memory. So a session can be put to sleep: it gives
 * its memory back, and the next run loads the graph again. And a graph that comes again, but rarely, can do without: it takes
 * memory as it goes, which it does not have to itself, and is a little slower.
 */
export class Session {
  readonly #options: InferenceSession.SessionOptions;
  readonly #compiled: CompiledModel;
  #native: NativeSession | null = null;
  #keepsMemory = true;
  #runs = 0;
  #inputNames: readonly string[] = [];
  #outputNames: readonly string[] = [];

  constructor(compiled: CompiledModel, options: InferenceSession.SessionOptions) {
    this.#options = options;
    this.#compiled = compiled;
  }

  /** Does it hold so much memory that it should sleep when it is not used? */
  get isLarge(): boolean {
    return this.#keepsMemory && this.#compiled.workingBytes > SMALL;
  }

  /** From the next run on, gives back after each run what memory it worked in. */
  keepNoMemory(): void {
    this.#keepsMemory = false;
    this.sleep();
  }

  /** Runs the graph on a segment's inputs, into buffers of the pool. Returns the values of `outputs`, in order. */
  run(inputs: readonly GraphNode[], outputs: readonly GraphNode[], pool: BufferPool): GraphValues[] {
    if (this.#runs++ === 0) {
      this.#inputNames = this.#compiled.inputs.map((position) => valueName(inputs[position]!));
      this.#outputNames = outputs.map(valueName);
    }
    this.#native ??= load(this.#compiled, { ...this.#options, enableCpuMemArena: this.#keepsMemory });
    const feeds: Record<string, Tensor> = {};
    const fetches: Record<string, Tensor | null> = { [unreadOutput.value.name]: null };
    this.#compiled.inputs.forEach((position, index) => {
      const node = inputs[position]!;
      feeds[this.#inputNames[index]!] = tensorOf(node, node.values!);
    });
    const results = outputs.map((node, index) => {
      const values = takeOver(inputs[this.#compiled.overwritten[index]!], node) ?? pool.take(node.dtype, sizeOf(node.shape));
      fetches[this.#outputNames[index]!] = tensorOf(node, values);
      return values;
    });
    try {
      this.#native.run(feeds, fetches, {});
    } catch (error) {
      if (!isRefusalToRead(error)) throw error;
    }
    if (this.isLarge && this.#compiled.model.byteLength < SLOW && this.#runs <= TRIALS) this.sleep();
    return results;
  }

  /** Frees the native session; the next run makes another. */
  sleep(): void {
    this.#native?.dispose();
    this.#native = null;
  }
}

/** The memory of an input that nothing will ask for again, for an output that may be written over it. */
function takeOver(input: GraphNode | undefined, output: GraphNode): GraphValues | null {
  if (!input?.values || input.holders > 0 || input.shared) return null;
  const { buffer } = input.values;
  input.values = null;
  return valuesOf(output.dtype, sizeOf(output.shape), buffer);
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
