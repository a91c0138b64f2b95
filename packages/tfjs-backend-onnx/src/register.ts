import { registerBackend } from '@tensorflow/tfjs-core';
import { OnnxBackend } from './backend.js';
import { registerGradients } from './gradients.js';
import { registerKernels } from './kernels/register.js';
import type { OnnxBackendOptions } from './options.js';

/** Above tfjs's `cpu` (1) and `wasm` (2), and as high as its native `tensorflow` (3), which was there first if it is there. */
const PRIORITY = 3;

/** Options of a backend and the name that it is registered under. */
export interface RegistrationOptions extends OnnxBackendOptions {
  /** Name for `tf.setBackend`. Default: `onnx`. */
  name?: string;
}

/**
 * Registers a backend with tfjs. Importing the package registers `onnx` with default options; call this for other options
 * (before the first use of `onnx`, as tfjs then makes the backend) or for a further backend under another name.
 *
 * @returns whether tfjs took it: a name that is registered already keeps its backend.
 */
export function registerOnnxBackend({ name = 'onnx', ...options }: RegistrationOptions = {}): boolean {
  const registered = registerBackend(name, () => new OnnxBackend(options), PRIORITY);
  if (registered) {
    registerKernels(name);
    registerGradients();
  }
  return registered;
}
