import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { randomTensor } from '../gradients/check-gradients.js';
import { resolveOptions } from '../options/resolve-options.js';
import { Optimizer } from './optimizer.js';
import { type OptimizerOptions, optimizerSchema } from './optimizer-options.js';

const resolved = (options: OptimizerOptions) =>
  resolveOptions('test', options, optimizerSchema({ learningRate: 0.1, beta1: 0.5, beta2: 0.9 }));

/** Three steps from 1, 2, 3 at a rate of 0.1: PyTorch's Adam and SGD; TensorFlow's formula of RMSProp in NumPy, ε lying inside the root. */
const gradients = [
  [0.5, -2, 3],
  [1, 0.25, -1],
  [-0.5, 1, 4],
];
const references: { options: OptimizerOptions; expected: number[] }[] = [
  { options: { kind: 'adam' }, expected: [0.7861058, 2.107648, 2.8034824] },
  { options: { kind: 'adam', beta1: 0, epsilon: 0.5 }, expected: [0.9146951, 2.009914, 2.8367918] },
  { options: { kind: 'sgd', momentum: 0.9 }, expected: [0.7245, 2.3945, 1.977] },
  { options: { kind: 'rmsprop', momentum: 0.5 }, expected: [0.153987, 2.338869, 2.3466613] },
];

const variable = (values: tf.Tensor | number[]): tf.Variable =>
  tf.tidy(() => tf.variable(Array.isArray(values) ? tf.tensor1d(values) : values));

test.each(references)('$options.kind takes the steps that it is known for', ({ options, expected }) => {
  const weight = variable([1, 2, 3]);
  const optimizer = new Optimizer([weight], resolved(options));
  tf.tidy(() => {
    for (const gradient of gradients) optimizer.apply({ [weight.name]: tf.tensor1d(gradient) }, 0);
  });
  weight.dataSync().forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 5);
  });
  optimizer.dispose();
  weight.dispose();
});

test('adam refuses what another optimizer has stored', async () => {
  const [adam, sgd] = (['adam', 'sgd'] as const).map((kind) => new Optimizer([], resolved({ kind })));
  await expect(adam!.restore(await sgd!.state())).rejects.toThrow(/Adam.restore: expected what Adam has stored, got \d tensors/);
  for (const optimizer of [adam!, sgd!]) optimizer.dispose();
});

describe.each(['adam', 'rmsprop', 'sgd'] as const)('%s', (kind) => {
  const options = resolved({ kind, momentum: 0.7, clipNorm: 1, learningRate: { from: 0.1, to: 0.01, over: 100 } });
  // Twelve variables, so that their slots' names do not sort as their numbers do.
  const shapes = Array.from({ length: 12 }, (_, i) => [2, i + 1]);

  function start(values: readonly tf.Tensor[]) {
    const variables = values.map(variable);
    return { variables, optimizer: new Optimizer(variables, options) };
  }

  function train({ variables, optimizer }: ReturnType<typeof start>, from: number, to: number): void {
    for (let step = from; step < to; step++) {
      tf.tidy(() => {
        const gradients = Object.fromEntries(variables.map(({ name, shape }, i) => [name, randomTensor(shape, 100 * step + i)]));
        optimizer.apply(gradients, 10 * step);
      });
    }
  }

  const bits = (variables: tf.Variable[]) => variables.map((v) => v.dataSync());

  test('ten steps are five, its state in new hands, and five more, to the bit', async () => {
    const initial = shapes.map((shape, i) => randomTensor(shape, i));
    const whole = start(initial);
    train(whole, 0, 10);

    const half = start(initial);
    train(half, 0, 5);
    const { tensors, values } = await half.optimizer.state();
    const sorted = Object.fromEntries(Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1)));

    const resumed = start(half.variables);
    await resumed.optimizer.restore({ tensors: sorted, values });
    train(resumed, 5, 10);
    expect(bits(resumed.variables)).toEqual(bits(whole.variables));

    // An optimizer that has a state already takes the new one, and drops its own.
    half.variables.forEach((v, i) => {
      v.assign(initial[i]!);
    });
    const fresh = start(initial);
    await half.optimizer.restore(await fresh.optimizer.state());
    train(half, 0, 10);
    expect(bits(half.variables)).toEqual(bits(whole.variables));

    for (const { variables, optimizer } of [whole, half, resumed, fresh]) {
      tf.dispose(variables);
      optimizer.dispose();
    }
    tf.dispose(initial);
  });

  test('a variable without a gradient keeps its value, and the others their slots', () => {
    const ones = tf.ones([2]);
    const [together, alone] = [start([ones, ones]), start([ones])];
    const gradient = tf.tensor1d([0.3, -0.2]);
    for (let step = 0; step < 3; step++) {
      together.optimizer.apply({ [together.variables[1]!.name]: gradient }, 0);
      alone.optimizer.apply({ [alone.variables[0]!.name]: gradient }, 0);
    }
    const [first, second] = bits(together.variables);
    expect([...first!]).toEqual([1, 1]);
    expect(second).toEqual(bits(alone.variables)[0]);
    for (const { variables, optimizer } of [together, alone]) {
      tf.dispose(variables);
      optimizer.dispose();
    }
    tf.dispose([ones, gradient]);
  });

  test('follows the schedule of its learning rate', () => {
    const scheduled = resolved({ kind, learningRate: { from: 0.1, to: 0, over: 100 } });
    const weight = variable([1]);
    const optimizer = new Optimizer([weight], scheduled);
    const gradient = tf.tensor1d([1]);
    optimizer.apply({ [weight.name]: gradient }, 100);
    expect([...weight.dataSync()]).toEqual([1]);
    optimizer.apply({ [weight.name]: gradient }, 0);
    expect(weight.dataSync()[0]).toBeLessThan(1);
    optimizer.dispose();
    tf.dispose([weight, gradient]);
  });
});
