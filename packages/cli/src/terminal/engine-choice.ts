import { type ChosenEngine, type EngineName, useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { commandName } from './command-name.js';
import type { Output } from './output.js';

/** The flags of every command that computes. */
export interface EngineFlags {
  readonly engine?: string;
  readonly threads?: number;
}

const SLOW: readonly string[] = ['wasm', 'cpu'];

/** Sets the engine that the flags name, the best one by default; warns when that is a slow one. */
export async function chooseEngine({ engine = 'auto', threads }: EngineFlags, output: Output): Promise<ChosenEngine> {
  // Without this tfjs prints advertisements.
  tf.enableProdMode();
  const chosen = await useEngine(engine as EngineName | 'auto', threads === undefined ? {} : { threads });
  if (engine === 'auto' && SLOW.includes(chosen.name)) {
    const { reason } = chosen.passedOver.find(({ name }) => name === 'onnx') ?? { reason: 'it is missing' };
    output.warn(`The engine ${chosen.name} is slow; the fast one, onnx, cannot be used: ${reason}. See: ${commandName()} doctor`);
  }
  return chosen;
}
