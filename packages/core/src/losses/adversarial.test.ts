import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type AdversarialLossName, adversarialLosses } from './adversarial.js';

const real = [1.5, -0.5, 3];
const fake = [-2, 0.25, 1];

/** Computed with PyTorch in float64: binary_cross_entropy_with_logits, mse_loss, clamp, mean. */
const expected: Record<AdversarialLossName, { discriminator: number; generator: number }> = {
  minimax: { discriminator: 1.1634022, generator: -0.7553764 },
  nonSaturating: { discriminator: 1.1634022, generator: 1.0053764 },
  logistic: { discriminator: 1.1634022, generator: 1.0053764 },
  leastSquares: { discriminator: 1.9270833, generator: 1.59375 },
  hinge: { discriminator: 1.5833333, generator: 0.25 },
  wasserstein: { discriminator: -1.5833333, generator: 0.25 },
  relativistic: { discriminator: 0.4311831, generator: 2.0145165 },
  relativisticAverage: { discriminator: 0.6303622, generator: 3.7970289 },
};

const names = Object.keys(expected) as AdversarialLossName[];

function value(compute: () => tf.Scalar): number {
  const scalar = tf.tidy(compute);
  const [number] = scalar.dataSync();
  expect(scalar.shape).toEqual([]);
  scalar.dispose();
  return number!;
}

describe.each(names)('%s', (name) => {
  const loss = adversarialLosses[name];

  test('has the values of the paper, whatever the shape of the scores', () => {
    for (const shape of [[3, 1], [3], [1, 3, 1, 1]]) {
      const discriminator = value(() => loss.discriminator(tf.tensor(real, shape), tf.tensor(fake, shape)));
      expect(discriminator).toBeCloseTo(expected[name].discriminator, 5);
      const generator = value(() => loss.generator(tf.tensor(fake, shape), tf.tensor(real, shape)));
      expect(generator).toBeCloseTo(expected[name].generator, 5);
    }
  });

  test('is finite, and so are its gradients, for scores of ±1000', () => {
    for (const [high, low] of [
      [1e3, -1e3],
      [-1e3, 1e3],
    ] as const) {
      const outputs = tf.tidy(() => {
        const a = tf.fill([2, 1], high);
        const b = tf.fill([2, 1], low);
        const byDiscriminator = tf.valueAndGrads((r: tf.Tensor, f: tf.Tensor) => loss.discriminator(r, f))([a, b]);
        const byGenerator = tf.valueAndGrad((f: tf.Tensor) => loss.generator(f, a))(b);
        return [byDiscriminator.value, ...byDiscriminator.grads, byGenerator.value, byGenerator.grad].map((t) => [
          ...t.dataSync(),
        ]);
      });
      for (const numbers of outputs) expect(numbers.every(Number.isFinite)).toBe(true);
    }
  });

  test('has the gradients of finite differences', () => {
    const functions = [
      (r: tf.Tensor, f: tf.Tensor) => loss.discriminator(r, f),
      (r: tf.Tensor, f: tf.Tensor) => tf.add(loss.generator(f, r), tf.mul(0, tf.sum(r))) as tf.Scalar,
    ];
    for (const of of functions) {
      const gradients = tf.tidy(() =>
        tf
          .grads(of)([tf.tensor(real), tf.tensor(fake)])
          .map((t) => [...t.dataSync()]),
      );
      for (const [which, values] of [real, fake].entries()) {
        for (const [position] of values.entries()) {
          const [above, below] = [1e-2, -1e-2].map((step) => {
            const moved = values.map((v, i) => (i === position ? v + step : v));
            const [r, f] = which === 0 ? [moved, fake] : [real, moved];
            return value(() => of(tf.tensor(r), tf.tensor(f)));
          });
          expect(gradients[which]![position]).toBeCloseTo((above! - below!) / 2e-2, 3);
        }
      }
    }
  });
});

test('smoothed and flipped targets change the losses that have labels, and no others', () => {
  const smoothed = { minimax: 1.2967355, nonSaturating: 1.2967355, logistic: 1.2967355, leastSquares: 1.9654167 };
  const flipped = { minimax: 2.5300689, nonSaturating: 2.5300689, logistic: 2.5300689, leastSquares: 3.22375 };
  for (const name of names) {
    const { discriminator, hasTargets } = adversarialLosses[name];
    expect(hasTargets).toBe(name in smoothed);
    const withNumbers = value(() => discriminator(tf.tensor(real), tf.tensor(fake), { real: 0.9, fake: 0 }));
    const withTensors = value(() =>
      discriminator(tf.tensor(real), tf.tensor(fake), { real: tf.tensor([0, 1, 0.7]), fake: tf.tensor([1, 0, 0.3]) }),
    );
    expect(withNumbers).toBeCloseTo(smoothed[name as keyof typeof smoothed] ?? expected[name].discriminator, 5);
    expect(withTensors).toBeCloseTo(flipped[name as keyof typeof flipped] ?? expected[name].discriminator, 5);
  }
});
