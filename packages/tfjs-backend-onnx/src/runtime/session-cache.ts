import type { InferenceSession } from 'onnxruntime-node';
import { compileSegment } from '../graph/compile.js';
import type { GraphNode } from '../graph/node.js';
import type { Segment } from '../graph/segment.js';
import type { GraphValues } from '../graph/types.js';
import { type ResolvedOptions, usesCpu } from '../options.js';
import type { BufferPool } from './buffer-pool.js';
import { Session } from './session.js';

/** A large graph that so many runs did without gives its memory back, and if it comes again keeps none. */
const RUNS_AWAKE = 64;

/**
 * What of the runtime's optimizations does harm. On the CPU, moving transposes: it would move a gradient's transposition behind the
 * optimizer's passes, and so to the moments and the weights as well. Elsewhere, making padding part of a convolution, since some of
 * them forget it (kernels/convolution/general.ts).
 */
const unwantedOptimizer = (options: ResolvedOptions): string => (usesCpu(options) ? 'TransposeOptimizer' : 'Pad_Fusion');

/** A session and the number of the run that used it last. */
interface Entry {
  session: Session;
  lastRun: number;
}

/** The compiled graphs, by structure. Beyond a number of them, the one unused for longest goes. */
export class SessionCache {
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry>();
  readonly #capacity: number;
  readonly #sparesMemory: boolean;
  readonly #options: InferenceSession.SessionOptions;
  #runs = 0;
  /** Graphs compiled so far. A steady training compiles nothing new. */
  compiled = 0;

  constructor(options: ResolvedOptions) {
    this.#capacity = options.maxSessions;
    this.#sparesMemory = usesCpu(options);
    this.#options = {
      executionProviders: options.executionProviders,
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      // Fusions beyond this level would undo the formulas that the kernels choose.
      graphOptimizationLevel: 'basic',
      // Laying all memory out beforehand makes the arena much larger, and no run faster.
      enableMemPattern: false,
      extra: {
        optimization: { disable_specified_optimizers: unwantedOptimizer(options) },
        // Each session has threads of its own, which would go on waiting for work in a busy loop while another session runs.
        session: { force_spinning_stop: '1' },
      },
      logSeverityLevel: 3,
      ...options.sessionOptions,
    };
  }

  /** Compiled graphs held at the moment. */
  get size(): number {
    return this.#entries.size;
  }

  /** Runs a segment, compiling it if its structure is new. Returns the values of `outputs`, in order. */
  run(segment: Segment, outputs: readonly GraphNode[], pool: BufferPool): GraphValues[] {
    const key = segment.key(outputs);
    const known = this.#entries.get(key);
    const session = known?.session ?? this.#compile(segment, outputs);
    // Several that take turns, each of them rare, would hold much more memory than they use at one time.
    if (known && session.isLarge && this.#isAsleep(known)) session.keepNoMemory();
    this.#entries.delete(key);
    this.#entries.set(key, { session, lastRun: this.#runs++ });
    this.#evict();
    this.#putToSleep();
    return session.run(segment.inputs, outputs, pool);
  }

  /** Frees all sessions. */
  dispose(): void {
    for (const { session } of this.#entries.values()) session.sleep();
    this.#entries.clear();
  }

  #compile(segment: Segment, outputs: readonly GraphNode[]): Session {
    this.compiled++;
    return new Session(compileSegment(segment, outputs, this.#sparesMemory), this.#options);
  }

  #evict(): void {
    if (this.#entries.size <= this.#capacity) return;
    const [key, { session }] = this.#entries.entries().next().value!;
    this.#entries.delete(key);
    session.sleep();
  }

  #putToSleep(): void {
    for (const entry of this.#entries.values()) {
      if (!this.#isAsleep(entry)) return;
      if (entry.session.isLarge) entry.session.sleep();
    }
  }

  /** Has it been unused for so long that a large one sleeps? */
  #isAsleep({ lastRun }: Entry): boolean {
    return lastRun <= this.#runs - RUNS_AWAKE;
  }
}
