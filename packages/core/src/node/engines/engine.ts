import * as tf from '@tensorflow/tfjs';
import { closest } from 'fastest-levenshtein';
import { type EngineOptions, resolveEngineOptions } from './engine-options.js';
import { ENGINES, type Engine, type EngineName } from './engine-table.js';
import { quietCpu } from './quiet-cpu.js';
import { startBackend } from './start-backend.js';

/** The engine that was chosen, and why not a better one. */
export interface ChosenEngine {
  readonly name: EngineName;
  /** Engines that come before this one in the table and could not be used, each with the reason in one line. */
  readonly passedOver: readonly { readonly name: EngineName; readonly reason: string }[];
}

/** The engine asked for cannot be used on this machine. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    message: string,
    /** What the message says without the engine's name and without advice. */
    readonly reason: string = message,
  ) {
    super(message);
  }
}

/**
 * Sets the engine on which TensorFlow.js computes: the best that works (`'auto'`), or one by name.
 *
 * It may be called again, for another engine or other options: tensors keep their values and move to the new engine when they are used. Away
 * from `webgpu` only variables move, such as weights and what optimizers keep.
 *
 * @throws {EngineError} when the named engine does not exist or does not work here, with the reason and what to do; the engine that was set
 * then stays
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export async function useEngine(name: EngineName | 'auto' = 'auto', options: EngineOptions = {}): Promise<ChosenEngine> {
  const resolved = resolveEngineOptions(options);
  if (name !== 'auto' && !ENGINES.some((engine) => engine.name === name)) throw unknownEngine(name);
  quietCpu();
  const candidates = ENGINES.filter((engine) => name === 'auto' || engine.name === name);
  const passedOver: { name: EngineName; reason: string }[] = [];
  for (const engine of candidates) {
    try {
      await engine.load(resolved);
      await startBackend(engine.backend);
      return { name: engine.name, passedOver };
    } catch (error) {
      passedOver.push({ name: engine.name, reason: firstLine(error) });
    }
  }
  throw cannotBeUsed(name, passedOver[0]!.reason, candidates[0]!);
}

function unknownEngine(name: unknown): EngineError {
  const names = ['auto', ...ENGINES.map((engine) => engine.name)];
  const nearest = closest(String(name).toLowerCase(), names);
  const reason = `there is no engine '${name}'; did you mean '${nearest}'? The engines are ${names.join(', ')}`;
  return new EngineError(`useEngine: ${reason}`, reason);
}

function cannotBeUsed(name: string, reason: string, { backend, advice }: Engine): EngineError {
  // Where it is running already, how to have it is not the question.
  const isRunning = tf.engine().registry[backend] !== undefined;
  return new EngineError(
    `useEngine: the engine '${name}' cannot be used here: ${reason}.${isRunning ? '' : ` ${advice}`}`,
    reason,
  );
}

/** Errors of modules go on with stacks of other modules. */
function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!;
}
