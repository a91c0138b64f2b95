import * as tf from '@tensorflow/tfjs';

/** What models run on in a browser, the fastest first. */
export const ENGINES = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;

/** One of {@link ENGINES}. */
export type BrowserEngine = (typeof ENGINES)[number];

/** Renderers that are programs, slower than WebAssembly. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

/**
 * Starts the engine of that name, or else the first that works here. Its code is loaded when it is asked for.
 *
 * @throws if the one that was named does not work here
 */
export async function startEngine(named?: string): Promise<BrowserEngine> {
  tf.enableProdMode();
  const wanted = ENGINES.find((name) => name === named);
  for (const name of wanted ? [wanted] : ENGINES) {
    if (!wanted && !isWorthwhile(name)) continue;
    if (await starts(name)) return name;
  }
  throw new Error(`This browser has no engine ${wanted ?? 'that works'}.`);
}

async function starts(name: BrowserEngine): Promise<boolean> {
  try {
    if (name === 'webgpu') {
      if (!('gpu' in navigator)) return false;
      await import('@tensorflow/tfjs-backend-webgpu');
    }
    if (name === 'wasm') (await import('./wasm-engine.js')).loadWasm();
    if (!(await tf.setBackend(name))) return false;
    await tf.ready();
    return true;
  } catch {
    return false;
  }
}

/** Whether an engine that works is fast as well. */
function isWorthwhile(name: BrowserEngine): boolean {
  if (name === 'webgpu') return 'gpu' in navigator && !hasSoftwareRenderer();
  return name !== 'webgl' || !hasSoftwareRenderer();
}

function hasSoftwareRenderer(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return true;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(renderer);
}
