import { type ChosenEngine, type EngineName, useEngine } from '@polygan/core/node';
import { commandName } from './command-name.js';
import type { Output } from './output.js';

/** The flags of every command that computes. */
export interface EngineFlags {
  readonly engine?: string;
  readonly threads?: number;
}

const SLOW: readonly string[] = ['wasm', 'cpu'];

/** Sets the engine that the flags name, the best one by default. */
export async function chooseEngine({ engine = 'auto', threads }: EngineFlags): Promise<ChosenEngine> {
  return useEngine(engine as EngineName | 'auto', threads === undefined ? {} : { threads });
}

/** Says so when a slow engine was chosen because the fast one does not work. */
export function warnIfSlow({ name, passedOver }: ChosenEngine, output: Output): void {
  const fast = passedOver.find((engine) => engine.name === 'onnx');
  if (!SLOW.includes(name) || !fast) return;
  output.warn(`The engine ${name} is slow; the fast one, onnx, cannot be used: ${fast.reason}. See: ${commandName()} doctor`);
}
