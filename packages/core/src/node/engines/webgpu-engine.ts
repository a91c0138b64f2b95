import { requireOptional } from './optional-module.js';

/** Loads the WebGPU backend on Dawn, the WebGPU of Chromium, which the package `webgpu` brings to Node. */
export async function loadWebGpu(): Promise<void> {
  const { create, globals } = requireOptional('webgpu') as { create(flags: string[]): Gpu; globals: object };
  const scope = globalThis as { navigator?: { gpu?: Gpu } };
  if (!scope.navigator?.gpu) {
    const gpu = create([]);
    // The backend would print, not tell, that there is none.
    if (!(await gpu.requestAdapter())) throw new Error('there is no GPU with a Vulkan, Metal or Direct3D 12 driver');
    Object.assign(scope, globals);
    // Where the backend looks for it. From Node 21 on there is a navigator, which others may need.
    const navigator = scope.navigator ?? {};
    Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
    Object.defineProperty(scope, 'navigator', { value: navigator, configurable: true });
  }
  requireOptional('@tensorflow/tfjs-backend-webgpu');
}

interface Gpu {
  requestAdapter(): Promise<object | null>;
}
