import * as tf from '@tensorflow/tfjs';
import { ENGINES, type EngineName } from './engine-table.js';

/** The engine that was chosen, and why not a better one. */
export interface ChosenEngine {
  readonly name: EngineName;
  /** Engines that come before this one in the table and could not be used, each with the reason. */
  readonly passedOver: readonly { readonly name: EngineName; readonly reason: string }[];
}

export interface EngineOptions {
  /** Threads that one operation may use, for the engines that can be told. Default: as many as the machine has cores. */
  readonly threads?: number;
}

/** The engine asked for cannot be used on this machine. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/**
 * Sets the engine on which tfjs computes: the best that works (`'auto'`), or one by name.
 *
 * @throws EngineError when the named engine does not work here, with the reason and what to do
 */
export async function useEngine(name: EngineName | 'auto' = 'auto', options: EngineOptions = {}): Promise<ChosenEngine> {
  const candidates = ENGINES.filter((engine) => name === 'auto' || engine.name === name);
  if (candidates.length === 0) {
    throw new EngineError(
      `useEngine: there is no engine '${name}'; the engines are auto, ${ENGINES.map((engine) => engine.name).join(', ')}`,
    );
  }
  const passedOver: { name: EngineName; reason: string }[] = [];
  for (const engine of candidates) {
    try {
      await engine.load(options);
      if (!(await tf.setBackend(engine.backend))) throw new Error(`tfjs could not start its backend '${engine.backend}'`);
      await tf.ready();
      return { name: engine.name, passedOver };
    } catch (error) {
      passedOver.push({ name: engine.name, reason: firstLine(error) });
    }
  }
  const [{ reason } = { reason: 'none works' }] = passedOver;
  throw new EngineError(`useEngine: the engine '${name}' cannot be used here: ${reason}. ${candidates[0]!.advice}`);
}

/** What `polygan doctor` tells of one engine. */
export interface EngineStatus {
  readonly name: EngineName;
  readonly works: boolean;
  /** Why it does not work. */
  readonly reason?: string;
  /** What to do to have it. */
  readonly advice?: string;
  /** Speed of a convolution as in a small discriminator, in GFLOP/s. */
  readonly gigaflops?: number;
}

/** Tries every engine in turn, each with a short speed test; the engine that was set before is set again afterwards. */
export async function inspectEngines(): Promise<EngineStatus[]> {
  const before = tf.getBackend();
  const found: EngineStatus[] = [];
  for (const { name, advice } of ENGINES) {
    try {
      await useEngine(name);
      found.push({ name, works: true, gigaflops: await convolutionSpeed() });
    } catch (error) {
      found.push({ name, works: false, reason: firstLine(error), advice });
    }
  }
  if (before) await tf.setBackend(before);
  return found;
}

/** GFLOP/s of 4×4 convolutions of stride 2, from 16×16×64 to 8×8×128, measured for about a second. */
async function convolutionSpeed(): Promise<number> {
  const batch = 16;
  const input = tf.zeros<tf.Rank.R4>([batch, 16, 16, 64]);
  const filter = tf.zeros<tf.Rank.R4>([4, 4, 64, 128]);
  const operations = 2 * batch * 8 * 8 * 128 * 4 * 4 * 64;
  const run = async () => {
    const result = tf.tidy(() => tf.sum(tf.conv2d(input, filter, 2, 'same')));
    await result.data();
    result.dispose();
  };
  await run();
  const started = performance.now();
  let runs = 0;
  while (performance.now() - started < 1000) {
    await run();
    runs += 1;
  }
  const seconds = (performance.now() - started) / 1000;
  tf.dispose([input, filter]);
  return (operations * runs) / seconds / 1e9;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!;
}
