import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import { speedUpTransposedConvolution } from './transposed-convolution.js';

// Once, however often a view starts the engine.
speedUpTransposedConvolution('wasm');

/**
 * Registers the WebAssembly engine, and says where its files are. It runs in one thread: its threads are made from scripts that are written at run time, which
 * the page's content policy refuses.
 */
export function loadWasm(): void {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    // Never asked for; the engine wants to know all three.
    'tfjs-backend-wasm-threaded-simd.wasm': simd,
  });
}
