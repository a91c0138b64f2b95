import * as tf from '@tensorflow/tfjs';
import { it } from 'vitest';
import { expectSame, sample } from './same-as-cpu.fixture.js';

const cases: Record<string, () => tf.Tensor | tf.Tensor[]> = {
  'arithmetic with broadcasting': () => {
    const a = sample([2, 1, 4]);
    const b = sample([3, 1], 2);
    return [
      a.add(b),
      a.sub(b),
      a.mul(b),
      a.div(b),
      a.maximum(b),
      a.minimum(b),
      a.squaredDifference(b),
      a.atan2(b),
      a.abs().pow(b),
      a.mod(b),
    ];
  },
  'integers and truth values': () => {
    const a = tf.tensor([7, -7, 3, 0], [4], 'int32');
    const b = tf.tensor([2, 2, -2, 5], [4], 'int32');
    const t = tf.tensor([true, false, true, true], [4], 'bool');
    return [
      a.add(b),
      a.mul(b),
      a.floorDiv(b),
      a.mod(b),
      a.greater(b),
      a.cast('float32'),
      t.sum(),
      t.cast('int32'),
      t.logicalNot(),
      t.all(),
      t.any(),
      a.max(),
    ];
  },
  'functions of one tensor': () => {
    const x = sample([5, 7], 3, 3);
    const p = x.abs().add(0.1);
    return [
      ...[
        x.tanh(),
        x.exp(),
        x.sigmoid(),
        x.softplus(),
        x.relu(),
        x.elu(),
        x.selu(),
        x.erf(),
        x.sign(),
        x.step(0.3),
        x.round(),
        x.floor(),
        x.expm1(),
      ],
      ...[
        tf.leakyRelu(x, 0.2),
        ...[0, 0.2, 1, 1.5, -0.5].map((alpha) => tf.grad((a) => tf.leakyRelu(a, alpha))(x)),
        tf.where(x.greater(0), p, p.mul(0.5)),
        tf.prelu(x, sample([7], 2)),
        tf.relu6(x.mul(4)),
        x.clipByValue(-1, 1),
        p.log(),
        p.log1p(),
        p.sqrt(),
        p.rsqrt(),
        p.reciprocal(),
      ],
    ];
  },
  'complex numbers': () => {
    const z = tf.complex(sample([4]), sample([4], 2));
    return [tf.real(z), tf.imag(z), tf.real(tf.fft(z)), tf.abs(z), tf.real(z.mul(z))];
  },
};

it.each(Object.entries(cases))('%s', async (_name, compute) => {
  await expectSame(compute);
});
