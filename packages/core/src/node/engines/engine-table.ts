import type { EngineOptions } from './engine-options.js';
import { loadOnnx } from './onnx-engine.js';
import { loadTensorFlow, loadTensorFlowGpu } from './tensorflow-engine.js';
import { loadWasm } from './wasm-engine.js';
import { loadWebGpu } from './webgpu-engine.js';

/** The engines, by the names that options and the command line use. */
export type EngineName = 'tensorflow-gpu' | 'onnx' | 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

/** An engine and how to get it going. */
export interface Engine {
  readonly name: EngineName;
  /** The TensorFlow.js backend that it registers. */
  readonly backend: string;
  /** Imports and prepares it. Throws where it is absent or does not work. */
  load(options: EngineOptions): Promise<void>;
  /** What a person can do who wants it. */
  readonly advice: string;
}

/** All engines, best first. */
export const ENGINES: readonly Engine[] = [
  {
    name: 'tensorflow-gpu',
    backend: 'tensorflow',
    load: loadTensorFlowGpu,
    advice: 'Install @tensorflow/tfjs-node-gpu@4.22 on a machine with an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1.',
  },
  {
    name: 'onnx',
    backend: 'onnx',
    load: loadOnnx,
    advice:
      'Its native library comes with the npm package onnxruntime-node (Linux and Windows on x64 and arm64, macOS on arm64). ' +
      'If the install was blocked by a firewall, repeat it with ONNXRUNTIME_NODE_INSTALL=skip set.',
  },
  {
    name: 'tensorflow',
    backend: 'tensorflow',
    load: loadTensorFlow,
    advice: 'Install @tensorflow/tfjs-node@4.22; it downloads the TensorFlow library while it installs.',
  },
  {
    name: 'webgpu',
    backend: 'webgpu',
    load: loadWebGpu,
    advice:
      'Install webgpu and @tensorflow/tfjs-backend-webgpu@4.22 on a machine with a GPU and its Vulkan, Metal or Direct3D 12 driver.',
  },
  {
    name: 'wasm',
    backend: 'wasm',
    load: loadWasm,
    advice: 'It comes with @polygan/core; install that again.',
  },
  { name: 'cpu', backend: 'cpu', load: async () => {}, advice: 'It comes with @tensorflow/tfjs; install that again.' },
];
