import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import type { JointSamples } from '../multimodal-model.js';
import { knownModel, knownRows } from './known-model.fixture.js';
import { linearProbe } from './linear-probe.js';

test('what codes say plainly is told from them, and what they do not say is not', async () => {
  // A picture's code shows its class of 0 … 3 in four corners; that of a sound only whether the class is even; that of a text nothing.
  const model = {
    ...knownModel,
    read(samples: JointSamples): tf.Tensor2D {
      return tf.tidy(() => {
        const each = Object.entries(samples).map(([name, classes]) => {
          const corners = tf.oneHot(tf.cast(classes, 'int32').flatten(), 4);
          const even = tf.tensor2d([[1, 0], [0, 1], [1, 0], [0, 1]]); // biome-ignore format: rows
          const known = { image: () => corners, audio: () => tf.matMul(tf.cast(corners, 'float32') as tf.Tensor2D, even) }[name];
          return known ? tf.cast(known(), 'float32') : tf.ones([classes.shape[0]!, 2]);
        });
        return tf.concat(each, 1) as tf.Tensor2D;
      });
    },
  };
  const lacking = (form: string, row: number) => form === 'audio' && row >= 100;
  const { forms, value } = await linearProbe(model, knownRows(200, { lacking }), knownRows(120), { rows: 400 });
  const expected = {
    image: 1,
    audio: 0.5,
    text: 0.25,
    'image+audio': 1,
    'image+text': 1,
    'audio+text': 0.5,
    'image+audio+text': 1,
  };
  expect(forms).toEqual(expected);
  expect(value).toBeCloseTo(5.25 / 7, 10);
  await expect(linearProbe(model, knownRows(8, { labelled: false }), knownRows(8))).rejects.toThrow('no classes');
});
