import { createRequire } from 'node:module';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** A session of the native addon. Its calls return when they are done; those of the public class wait for a turn of the event loop. */
export interface NativeSession {
  loadModel(model: ArrayBuffer, offset: number, length: number, options: InferenceSession.SessionOptions): void;
  /** Runs the graph; outputs are written into the tensors in `fetches`, where there are any. */
  run(
    feeds: Record<string, Tensor>,
    fetches: Record<string, Tensor | null>,
    options: InferenceSession.RunOptions,
  ): Record<string, Tensor>;
  endProfiling(): void;
  dispose(): void;
}

/** What this library needs of onnxruntime-node. */
export interface Runtime {
  Session: new () => NativeSession;
  Tensor: typeof Tensor;
}

interface BindingModule {
  binding?: { InferenceSession?: new () => NativeSession };
  initOrt?: () => void;
}

let loaded: Runtime | undefined;

/**
 * Loads ONNX Runtime's native addon, once.
 *
 * tfjs's `dataSync()` must return values at once, and the public `InferenceSession` cannot. So the addon under it is
 * called, which onnxruntime-node keeps in `dist/binding.js`.
 *
 * @throws when onnxruntime-node has no binary for this platform, or keeps its addon elsewhere.
 */
export function loadRuntime(): Runtime {
  loaded ??= requireRuntime();
  return loaded;
}

function requireRuntime(): Runtime {
  const require = createRequire(import.meta.url);
  const { Tensor: TensorClass } = require('onnxruntime-node') as { Tensor: typeof Tensor };
  const { binding, initOrt } = require('onnxruntime-node/dist/binding.js') as BindingModule;
  if (!binding?.InferenceSession || !initOrt) {
    const { version } = require('onnxruntime-node/package.json') as { version: string };
    throw new Error(
      `tfjs-backend-onnx cannot use onnxruntime-node ${version}: its dist/binding.js has no InferenceSession. Install onnxruntime-node 1.30.0.`,
    );
  }
  initOrt();
  return { Session: binding.InferenceSession, Tensor: TensorClass };
}
