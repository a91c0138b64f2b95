import { optional, positiveInteger } from '../../options/field.js';
import { resolveOptions } from '../../options/resolve-options.js';

/** How an engine runs. */
export interface EngineOptions {
  /**
   * Threads that one operation may use, on `onnx` and `tensorflow`; the others cannot be told. TensorFlow takes it when it is first loaded.
   * Default: as it runs already, to begin with as many as the machine has cores.
   */
  readonly threads?: number;
}

/** @throws {OptionsError} for an option that is unknown or not what it must be */
export function resolveEngineOptions(given: EngineOptions): { readonly threads?: number | undefined } {
  return resolveOptions('useEngine', given, { threads: optional(positiveInteger()) });
}
