import type { ResolvedOptions } from '../options.js';
import { BufferPool } from '../runtime/buffer-pool.js';
import { SessionCache } from '../runtime/session-cache.js';
import { explainFailure } from './failure.js';
import { type ConstantNode, GraphNode, PlaceholderNode } from './node.js';
import { PhaseLock } from './phase-lock.js';
import { Segment } from './segment.js';
import { Signatures } from './signatures.js';
import type { Attributes, GraphDataType, GraphValues } from './types.js';

/**
 * Records operators and runs them: when a value is read, when the program awaits something, or when very much is
 * recorded, all that tensors still hold becomes one graph.
 */
export class Recorder {
  readonly pool = new BufferPool();
  readonly sessions: SessionCache;
  readonly #phase: PhaseLock;
  readonly #signatures = new Signatures();
  #segment = new Segment(this.#signatures);
  /** The tfjs kernel that is being recorded. */
  #kernel = '';
  /** A failure of a run that nobody was waiting for. */
  #failure: Error | null = null;
  /** Work is being captured, which never runs. */
  #capturing = false;

  constructor(options: ResolvedOptions) {
    this.sessions = new SessionCache(options);
    this.#phase = new PhaseLock(options.maxRecordedNodes);
  }

  /** Begins a kernel: from here on nodes are recorded in its name. Runs first, if enough is recorded. */
  beginKernel(name: string): void {
    this.#throwFailure();
    if (!this.#capturing && this.#phase.isDue(name, this.#segment.nodes.length)) this.flush();
    this.#kernel = name;
  }

  /** Records an operator. Whatever its inputs do not imply must be in `attributes`. */
  record(
    operator: string,
    inputs: readonly GraphNode[],
    attributes: Attributes,
    shape: readonly number[],
    dtype: GraphDataType,
    outputs = 1,
  ): GraphNode {
    this.#schedule();
    return this.#segment.record(operator, inputs, attributes, shape, dtype, this.#kernel, outputs);
  }

  /** Records a constant; its attributes tell it from all others. */
  recordConstant(attributes: Attributes, make: () => ConstantNode): GraphNode {
    this.#schedule();
    return this.#segment.recordConstant(attributes, make);
  }

  /** A node of values that are there already. Nothing else may write into them. */
  data(values: GraphValues, shape: readonly number[], dtype: GraphDataType): GraphNode {
    const node = new GraphNode('Input', [], {}, shape, dtype, 'Input');
    node.values = values;
    return node;
  }

  /** The values of a node, now. They are the caller's to keep, and not to change. */
  read(node: GraphNode): GraphValues {
    this.#throwFailure();
    if (node instanceof PlaceholderNode) throw this.#valueWanted();
    if (!node.values && !node.failure) this.flush();
    if (!node.values) throw node.failure ?? new Error(`A value of kernel ${node.kernel} was never computed`);
    node.shared = true;
    return node.values;
  }

  /** A tensor has let go of a node. */
  release(node: GraphNode): void {
    node.holders--;
    if (node.segment !== this.#segment.id) this.#recycle(node);
  }

  /**
   * Records what `f` does into a segment of its own, which is not run.
   *
   * @throws if `f` asks for a value that would have to be computed
   */
  capture<Result>(f: (segment: Segment) => Result): Result {
    this.flush();
    this.#capturing = true;
    try {
      return f(this.#segment);
    } finally {
      this.#capturing = false;
      this.#segment = new Segment(this.#signatures);
    }
  }

  /** Runs all that is recorded and still held. */
  flush(): void {
    const segment = this.#segment;
    if (segment.nodes.length === 0) return;
    if (this.#capturing) throw this.#valueWanted();
    this.#segment = new Segment(this.#signatures);
    const outputs = segment.nodes.filter((node) => node.holders > 0);
    try {
      if (outputs.length > 0) this.#run(segment, outputs);
    } catch (error) {
      const failure = explainFailure(segment, error as Error);
      for (const node of outputs) node.failure = failure;
      throw failure;
    } finally {
      for (const node of segment.nodes) node.inputs = [];
      for (const node of segment.inputs) this.#recycle(node);
      this.pool.nextGeneration();
    }
  }

  /** Frees sessions and buffers. */
  dispose(): void {
    this.sessions.dispose();
    this.pool.clear();
  }

  #run(segment: Segment, outputs: readonly GraphNode[]): void {
    const results = this.sessions.run(segment, outputs, this.pool);
    outputs.forEach((node, index) => {
      node.values = results[index]!;
    });
  }

  #recycle(node: GraphNode): void {
    if (node.holders > 0 || node.shared || !node.values) return;
    this.pool.give(node.values);
    node.values = null;
  }

  /** The first record after a run asks for the next run, as soon as the program awaits anything. */
  #schedule(): void {
    if (this.#segment.nodes.length > 0) return;
    const segment = this.#segment;
    queueMicrotask(() => {
      if (segment !== this.#segment) return;
      try {
        this.flush();
      } catch (error) {
        this.#failure = error as Error;
      }
    });
  }

  #valueWanted(): Error {
    const kernel = this.#kernel || 'none';
    return new Error(
      `A value was read while a graph was captured, which computes nothing (last kernel: ${kernel}). Either the program reads a tensor, or this kernel runs outside graphs`,
    );
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure) throw failure;
  }
}
