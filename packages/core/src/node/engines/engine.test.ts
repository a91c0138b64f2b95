import type { OnnxBackend } from '@polygan/tfjs-backend-onnx';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineError, useEngine } from './engine.js';
import type { EngineName } from './engine-table.js';
import { inspectEngines } from './inspect-engines.js';
import { isInstalled } from './optional-module.js';

const hasTensorFlow = isInstalled('@tensorflow/tfjs-node');
const printed = vi.fn();

beforeEach(() => {
  // Tests of tensors keep TensorFlow.js quiet; here it may say what it says to users.
  tf.env().set('IS_TEST', false);
  for (const channel of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, channel).mockImplementation(printed);
});
afterEach(() => {
  tf.env().set('IS_TEST', true);
  vi.restoreAllMocks();
  expect(printed.mock.calls).toEqual([]);
});

const onnxThreads = () => (tf.backend() as OnnxBackend).options.threads;

async function failure(name: string, options = {}): Promise<Error> {
  return useEngine(name as EngineName, options).then(
    () => expect.fail('it should have thrown'),
    (error) => error,
  );
}

describe('auto', () => {
  test('takes the best that works, and says why it passed over better ones', async () => {
    const chosen = await useEngine();
    expect(chosen.name).toBe('onnx');
    expect(chosen.passedOver).toEqual([{ name: 'tensorflow-gpu', reason: '@tensorflow/tfjs-node-gpu is not installed' }]);
    expect(tf.getBackend()).toBe('onnx');
  });
});

describe('by name', () => {
  test('weights go along from engine to engine with their values', async () => {
    const engines: EngineName[] = ['cpu', 'onnx', 'wasm', ...(hasTensorFlow ? ['tensorflow' as const] : []), 'onnx', 'cpu'];
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    for (const [index, name] of engines.entries()) {
      expect(await useEngine(name)).toEqual({ name, passedOver: [] });
      const next = tf.tidy(() => tf.add<tf.Tensor1D>(weight, 1));
      weight.assign(next);
      next.dispose();
      expect(await weight.array()).toEqual([2 + index, 3 + index]);
    }
    weight.dispose();
  });

  test('wasm adds no listeners for errors that nobody catches: its own would print all its source', async () => {
    await useEngine('wasm');
    const sources = [...process.listeners('uncaughtException'), ...process.listeners('unhandledRejection')].map(String);
    expect(sources.filter((source) => source.includes('throw'))).toEqual([]);
  });

  test('an engine that is not there is an error that says what to do, and the one before stays', async () => {
    await useEngine('wasm');
    const error = await failure('tensorflow-gpu');
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toContain("useEngine: the engine 'tensorflow-gpu' cannot be used here: ");
    expect(error.message).toMatch(/^.+$/);
    expect(tf.getBackend()).toBe('wasm');
  });

  test('a wrong name is told the nearest', async () => {
    const error = await failure('ONX');
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toContain("there is no engine 'ONX'; did you mean 'onnx'? The engines are auto, tensorflow-gpu, onnx,");
  });
});

describe('threads', () => {
  test('onnx runs with as many as were asked for last, and keeps what it holds', async () => {
    await useEngine('onnx', { threads: 1 });
    expect(onnxThreads()).toBe(1);
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const doubled = tf.mul(weight, 2);
    await useEngine('onnx', { threads: 2 });
    expect(onnxThreads()).toBe(2);
    const sum = tf.add(weight, doubled);
    expect(await sum.array()).toEqual([3, 6]);
    await useEngine('onnx');
    expect(onnxThreads()).toBe(2);
    tf.dispose([weight, doubled, sum]);
  });

  if (hasTensorFlow) {
    test('tensorflow takes them when it is loaded, and says so when it is too late', async () => {
      await useEngine('tensorflow');
      const error = await failure('tensorflow', { threads: 7 });
      expect(error.message).toContain('takes the number of threads only when it is loaded');
    });
  }

  test.each([
    [{ threads: 0 }, "useEngine: 'threads' must be a whole number from 1, got 0"],
    [{ thread: 2 }, "useEngine: unknown option 'thread'; did you mean 'threads'?"],
  ])('refuses %j', async (options, message) => {
    expect((await failure('onnx', options)).message).toBe(message);
  });
});

test('inspecting tells of every engine and leaves the one that was set', async () => {
  await useEngine('cpu');
  const found = await inspectEngines({ seconds: 0.01 });
  expect(found.map(({ name }) => name)).toEqual(['tensorflow-gpu', 'onnx', 'tensorflow', 'webgpu', 'wasm', 'cpu']);
  for (const { works, reason, advice, gigaflops } of found) {
    if (works) expect(gigaflops).toBeGreaterThan(0);
    else expect(`${reason} ${advice}`).toMatch(/^\S.+\.$/);
  }
  expect(found.filter(({ works }) => works).map(({ name }) => name)).toEqual(expect.arrayContaining(['onnx', 'wasm', 'cpu']));
  expect(tf.getBackend()).toBe('cpu');
});
