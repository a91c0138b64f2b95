/** What `--engine` takes, the best first after the choice among them. */
export const ENGINE_NAMES = ['auto', 'tensorflow-gpu', 'onnx', 'tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
