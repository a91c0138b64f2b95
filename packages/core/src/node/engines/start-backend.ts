import * as tf from '@tensorflow/tfjs';
import { withoutListeners } from './without-listeners.js';

/**
 * Starts a registered backend of TensorFlow.js and makes it the one that computes.
 *
 * `tf.setBackend` would print why a backend does not start, and not say so to its caller; this throws.
 */
export async function startBackend(name: string): Promise<void> {
  const { registry, registryFactory } = tf.engine();
  const registered = registryFactory[name];
  if (!registered) throw new Error(`the package that should bring the TensorFlow.js backend '${name}' did not register it`);
  if (!registry[name]) replaceBackend(name, await withoutListeners(registered.factory), registered.priority);
  await readWhatCannotWait();
  await tf.setBackend(name);
}

/**
 * Has TensorFlow.js use this backend under a name that it knows; kernels are registered by name and stay. Tensors that another backend holds
 * under that name stay with it, and move when they are used.
 */
export function replaceBackend(name: string, backend: tf.KernelBackend, priority: number): void {
  const { registry } = tf.engine();
  const before = registry[name];
  // Else TensorFlow.js would dispose of it, and of its tensors' values.
  delete registry[name];
  tf.removeBackend(name);
  tf.registerBackend(name, () => backend, priority);
  if (before?.numDataIds() === 0) before.dispose();
}

/** WebGPU gives no values without being awaited, which a tensor that moves cannot do; what was read once, it keeps at hand. */
async function readWhatCannotWait(): Promise<void> {
  if (tf.getBackend() !== 'webgpu') return;
  const variables = Object.values(tf.engine().state.registeredVariables);
  await Promise.all(variables.map((variable) => variable.data()));
}
