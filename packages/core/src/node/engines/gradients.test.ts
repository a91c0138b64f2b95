import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import '../../index.js';
import { gradientError, penaltyGradientError, randomTensor } from '../../gradients/check-gradients.js';
import { gradientCases } from '../../gradients/gradient-cases.js';
import { useEngine } from './engine.js';
import type { EngineName } from './engine-table.js';
import { isInstalled } from './optional-module.js';

/** Those of npm alone, and what is installed beside them. */
const ENGINES: readonly EngineName[] = [
  'wasm',
  'onnx',
  ...(isInstalled('@tensorflow/tfjs-node') ? (['tensorflow'] as const) : []),
  ...(isInstalled('webgpu') ? (['webgpu'] as const) : []),
];

/** WebGPU gives values only to those who wait, which this operation of its backend does not. */
const MISSING: Readonly<Record<string, string>> = { webgpu: 'tile of five dimensions' };

describe.each(ENGINES)('gradients of first and second order on %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  test.each(gradientCases.filter(({ name }) => name !== MISSING[engine]))('$name', async ({ f, x, w }) => {
    const input = randomTensor(x, 7);
    const weights = randomTensor(w, 11);
    expect(await gradientError((at) => f(at, weights), input), 'first order').toBeLessThan(0.01);
    expect(await penaltyGradientError(f, input, weights), 'second order').toBeLessThan(0.01);
    tf.dispose([input, weights]);
  });
});
