import { availableParallelism } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';

/** How the backend runs its graphs. */
export interface OnnxBackendOptions {
  /** Threads that one operator uses. Default: the number of processors. */
  threads?: number;
  /** ONNX Runtime's execution providers, best first, e.g. `['webgpu', 'cpu']`. Default: `['cpu']`. */
  executionProviders?: readonly InferenceSession.ExecutionProviderConfig[];
  /** Compiled graphs that are kept; beyond that the one unused for longest goes. Default: 64. */
  maxSessions?: number;
  /** Nodes that are recorded at most before a graph runs, when nothing is read or awaited. Default: 8192. */
  maxRecordedNodes?: number;
  /** Further session options, as onnxruntime-node takes them; they win over those that the backend sets. */
  sessionOptions?: InferenceSession.SessionOptions;
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<OnnxBackendOptions>;

/** Does the first execution provider, which gets all that it can run, compute on the CPU? */
export const usesCpu = ({ executionProviders: [first] }: ResolvedOptions): boolean => first === 'cpu';

const NAMES: ReadonlyArray<keyof OnnxBackendOptions> = [
  'threads',
  'executionProviders',
  'maxSessions',
  'maxRecordedNodes',
  'sessionOptions',
];

/**
 * Fills in defaults.
 *
 * @throws on an unknown option, and on a count that is not a positive integer.
 */
export function resolveOptions(options: OnnxBackendOptions = {}): ResolvedOptions {
  for (const name of Object.keys(options)) {
    if (!(NAMES as readonly string[]).includes(name)) {
      throw new Error(`tfjs-backend-onnx: unknown option '${name}'; the options are ${NAMES.join(', ')}`);
    }
  }
  const resolved = {
    threads: options.threads ?? availableParallelism(),
    executionProviders: options.executionProviders ?? ['cpu'],
    maxSessions: options.maxSessions ?? 64,
    maxRecordedNodes: options.maxRecordedNodes ?? 8192,
    sessionOptions: options.sessionOptions ?? {},
  };
  for (const name of ['threads', 'maxSessions', 'maxRecordedNodes'] as const) {
    if (!Number.isInteger(resolved[name]) || resolved[name] < 1) {
      throw new Error(`tfjs-backend-onnx: option '${name}' must be a positive integer, not ${resolved[name]}`);
    }
  }
  return resolved;
}
