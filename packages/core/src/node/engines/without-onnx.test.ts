import { expect, test, vi } from 'vitest';
import { EngineError, useEngine } from './engine.js';

// onnxruntime-node on a platform that it has no library for.
vi.mock('@polygan/tfjs-backend-onnx', () => ({
  OnnxBackend: class {
    constructor() {
      const error = new Error(
        "Cannot find module '../bin/napi-v6/sunos/sparc/onnxruntime_binding.node'\nRequire stack:\n- binding.js",
      );
      throw Object.assign(error, { code: 'MODULE_NOT_FOUND' });
    }
  },
}));

const REASON = `onnxruntime-node has no library for ${process.platform} on ${process.arch}`;

test('another engine is taken, with one line of explanation', async () => {
  const { name, passedOver } = await useEngine();
  expect(['tensorflow', 'webgpu', 'wasm']).toContain(name);
  expect(passedOver).toContainEqual({ name: 'onnx', reason: REASON });
});

test('asked for by name, it is an error with that line', async () => {
  await expect(useEngine('onnx')).rejects.toThrow(EngineError);
  await expect(useEngine('onnx')).rejects.toThrow(`useEngine: the engine 'onnx' cannot be used here: ${REASON}. Its native`);
});
