import { engine, registerBackend } from '@tensorflow/tfjs-core';
import { OnnxBackend } from './backend.js';
import { registerGradients } from './gradients.js';
import { registerKernels } from './kernels/register.js';
import { type OnnxBackendOptions, resolveOptions } from './options.js';

/** Above tfjs's `cpu` (1) and `wasm` (2), and as high as its native `tensorflow` (3), which was there first if it is there. */
const PRIORITY = 3;

/** Options of a backend and the name that it is registered under. */
export interface RegistrationOptions extends OnnxBackendOptions {
  /** Name for `tf.setBackend`. Default: `onnx`. */
  name?: string;
}

/** The options of each registered name; a backend reads them when tfjs makes it, which it does at the first use. */
const optionsByName = new Map<string, OnnxBackendOptions>();

/**
 * Registers a backend with tfjs. Importing the package registers `onnx` with default options; call this for other options
 * or for a further backend under another name.
 *
 * @throws on options that are not valid, and if the backend of this name is in use already: its options cannot change.
 */
export function registerOnnxBackend({ name = 'onnx', ...options }: RegistrationOptions = {}): void {
  resolveOptions(options);
  if (engine().registry[name]) {
    throw new Error(
      `tfjs-backend-onnx: backend '${name}' is in use; set its options before its first use, or tf.removeBackend('${name}') first`,
    );
  }
  optionsByName.set(name, options);
  if (!registerBackend(name, () => new OnnxBackend(optionsByName.get(name)), PRIORITY)) return;
  registerKernels(name);
  registerGradients();
}
