import type { InferenceSession } from 'onnxruntime-node';
import { compileSegment } from '../graph/compile.js';
import type { GraphNode } from '../graph/node.js';
import type { Segment } from '../graph/segment.js';
import type { GraphValues } from '../graph/types.js';
import type { ResolvedOptions } from '../options.js';
import type { BufferPool } from './buffer-pool.js';
import { Session } from './session.js';

/** The compiled graphs, by structure. Beyond a number of them, the one unused for longest goes. */
export class SessionCache {
  readonly #sessions = new Map<string, Session>();
  readonly #capacity: number;
  readonly #options: InferenceSession.SessionOptions;
  /** Graphs compiled so far. A steady training compiles nothing new. */
  compiled = 0;

  constructor(options: ResolvedOptions) {
    this.#capacity = options.maxSessions;
    this.#options = {
      executionProviders: options.executionProviders,
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      // Fusions beyond this level would undo the formulas that the kernels choose.
      graphOptimizationLevel: 'basic',
      // Laying all memory out beforehand makes the arena much larger, and no run faster.
      enableMemPattern: false,
      logSeverityLevel: 3,
      ...options.sessionOptions,
    };
  }

  /** Compiled graphs held at the moment. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Runs a segment, compiling it if its structure is new. Returns the values of `outputs`, in order. */
  run(segment: Segment, outputs: readonly GraphNode[], pool: BufferPool): GraphValues[] {
    const key = segment.key(outputs);
    const session = this.#sessions.get(key) ?? this.#compile(segment, outputs);
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    this.#evict();
    return session.run(segment.inputs, outputs, pool);
  }

  /** Frees all sessions. */
  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
  }

  #compile(segment: Segment, outputs: readonly GraphNode[]): Session {
    this.compiled++;
    return new Session(compileSegment(segment, outputs), this.#options);
  }

  #evict(): void {
    if (this.#sessions.size <= this.#capacity) return;
    const [key, session] = this.#sessions.entries().next().value!;
    this.#sessions.delete(key);
    session.dispose();
  }
}
