import * as tf from '@tensorflow/tfjs';
import type { EngineOptions } from './engine-options.js';
import { requireOptional } from './optional-module.js';
import { shimNodeUtil } from './shim-node-util.js';

/** What tfjs-node's backend tells of itself. */
interface TensorFlowBackend extends tf.KernelBackend {
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
}

/** Loads TensorFlow for CPUs. A tfjs-node-gpu that found no GPU will do. */
export async function loadTensorFlow(options: EngineOptions): Promise<void> {
  const { isUsingGpuDevice } = load('@tensorflow/tfjs-node', options);
  if (isUsingGpuDevice)
    throw new Error('this process has loaded TensorFlow for its GPU, and there can be one TensorFlow in a process');
}

/** Loads TensorFlow for NVIDIA GPUs. */
export async function loadTensorFlowGpu(options: EngineOptions): Promise<void> {
  const { isGPUPackage, isUsingGpuDevice } = load('@tensorflow/tfjs-node-gpu', options);
  if (!isGPUPackage)
    throw new Error('this process has loaded @tensorflow/tfjs-node, and there can be one TensorFlow in a process');
  if (!isUsingGpuDevice) throw new Error('@tensorflow/tfjs-node-gpu is installed but finds no usable GPU');
}

function load(packageName: string, { threads }: EngineOptions): TensorFlowBackend {
  const { env } = process;
  if (tf.engine().registryFactory.tensorflow) {
    if (threads !== undefined && env.TF_NUM_INTRAOP_THREADS !== String(threads)) {
      const count = env.TF_NUM_INTRAOP_THREADS ?? 'as many threads as there are cores';
      throw new Error(`TensorFlow is loaded already, with ${count}, and takes the number of threads only when it is loaded`);
    }
  } else {
    shimNodeUtil();
    // It reads these while it is loaded. Without the first it tells of the machine on the terminal.
    env.TF_CPP_MIN_LOG_LEVEL ??= '2';
    if (threads !== undefined) env.TF_NUM_INTRAOP_THREADS = String(threads);
    const before = tf.engine().backendName;
    requireOptional(packageName);
    // It has set itself, while it may yet be passed over.
    if (before) void tf.setBackend(before);
  }
  return tf.findBackend('tensorflow') as TensorFlowBackend;
}
