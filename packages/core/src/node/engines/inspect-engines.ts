import * as tf from '@tensorflow/tfjs';
import { Random } from '../../random/random.js';
import { EngineError, useEngine } from './engine.js';
import { ENGINES, type EngineName } from './engine-table.js';
import { startBackend } from './start-backend.js';

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

/**
 * Tries every engine in turn, each with a short speed test. The engine that was set before is set again afterwards; where none was, the best.
 *
 * @param options seconds: how long each speed test takes. Default 1.
 */
export async function inspectEngines({ seconds = 1 }: { readonly seconds?: number } = {}): Promise<EngineStatus[]> {
  const before = tf.engine().backendName as string | undefined;
  const found: EngineStatus[] = [];
  for (const { name, advice } of ENGINES) {
    try {
      await useEngine(name);
      found.push({ name, works: true, gigaflops: await convolutionSpeed(seconds) });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      found.push({ name, works: false, reason: error.reason, advice });
    }
  }
  const best = ENGINES.find(({ name }) => found.some((engine) => engine.name === name && engine.works));
  await startBackend(before ?? best!.backend);
  return found;
}

/** GFLOP/s of 4×4 convolutions of stride 2, from 16×16×64 to 8×8×128. */
async function convolutionSpeed(atLeastSeconds: number): Promise<number> {
  const batch = 16;
  const random = Random.fromSeed(0);
  // No zeros: an engine may see that the result is known.
  const input = random.uniformTensor<tf.Rank.R4>([batch, 16, 16, 64], -1, 1);
  const filter = random.uniformTensor<tf.Rank.R4>([4, 4, 64, 128], -1, 1);
  const operations = 2 * batch * 8 * 8 * 128 * 4 * 4 * 64;
  const run = async () => {
    const result = tf.tidy(() => tf.sum(tf.conv2d(input, filter, 2, 'same')));
    await result.data();
    result.dispose();
  };
  await run();
  const started = performance.now();
  let runs = 0;
  let seconds = 0;
  while (seconds < atLeastSeconds) {
    await run();
    runs += 1;
    seconds = (performance.now() - started) / 1000;
  }
  tf.dispose([input, filter]);
  return (operations * runs) / seconds / 1e9;
}
