import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { EngineOptions } from './engine.js';
import { shimNodeUtil } from './shim-node-util.js';

/** The engines, by the names that options and the command line use. */
export type EngineName = 'tensorflow-gpu' | 'onnx' | 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

interface Engine {
  readonly name: EngineName;
  /** The tfjs backend that it registers. */
  readonly backend: string;
  /** Imports and prepares it. Throws where it is absent or does not work. */
  load(options: EngineOptions): Promise<void>;
  /** What a person can do who wants it. */
  readonly advice: string;
}

/** A module that may not be installed. The specifier is a parameter so that neither compilers nor bundlers look for it. */
const optional = (specifier: string): Promise<Record<string, unknown>> => import(specifier);

const require = createRequire(import.meta.url);

/** All engines, best first. */
export const ENGINES: readonly Engine[] = [
  {
    name: 'tensorflow-gpu',
    backend: 'tensorflow',
    async load() {
      shimNodeUtil();
      await optional('@tensorflow/tfjs-node-gpu');
      await tf.setBackend('tensorflow');
      const backend = tf.backend() as tf.KernelBackend & { isUsingGpuDevice?: boolean };
      if (!backend.isUsingGpuDevice) throw new Error('@tensorflow/tfjs-node-gpu is installed but finds no usable GPU');
    },
    advice: 'Install @tensorflow/tfjs-node-gpu@4.22 on a machine with an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1.',
  },
  {
    name: 'onnx',
    backend: 'onnx',
    async load({ threads }) {
      const { registerOnnxBackend } = await import('@polygan/tfjs-backend-onnx');
      if (threads === undefined) return;
      // Importing it has registered it with its own defaults.
      tf.removeBackend('onnx');
      registerOnnxBackend({ threads });
    },
    advice:
      'Its native library comes with the npm package onnxruntime-node (Linux and Windows on x64 and arm64, macOS on arm64). ' +
      'If the install was blocked by a firewall, repeat it with ONNXRUNTIME_NODE_INSTALL=skip set.',
  },
  {
    name: 'tensorflow',
    backend: 'tensorflow',
    async load() {
      shimNodeUtil();
      await optional('@tensorflow/tfjs-node');
    },
    advice: 'Install @tensorflow/tfjs-node@4.22; it downloads the TensorFlow library while it installs.',
  },
  {
    name: 'webgpu',
    backend: 'webgpu',
    async load() {
      const { create, globals } = (await optional('webgpu')) as { create(flags: string[]): unknown; globals: object };
      Object.assign(globalThis, globals);
      Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
      await optional('@tensorflow/tfjs-backend-webgpu');
    },
    advice:
      'Install webgpu and @tensorflow/tfjs-backend-webgpu@4.22 on a machine with a GPU and its Vulkan, Metal or Direct3D 12 driver.',
  },
  {
    name: 'wasm',
    backend: 'wasm',
    async load() {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
    },
    advice: 'It comes with @polygan/core; install that again.',
  },
  { name: 'cpu', backend: 'cpu', load: async () => {}, advice: 'It comes with @tensorflow/tfjs; install that again.' },
];
