import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { TokenDecoder } from './token-decoder.js';

const [BATCH, LATENT, LENGTH, VOCABULARY] = [5, 3, 4, 6];

/** A decoder with weights large enough for texts that differ from point to point. */
function decoder() {
  const layer = new TokenDecoder({ vocabulary: VOCABULARY, length: LENGTH, units: 8, seed: 1 });
  const points = Random.fromSeed(2).normalTensor<tf.Rank.R2>([BATCH, LATENT]);
  const texts = layer.apply(points) as tf.Tensor3D;
  const large = layer.trainableWeights.map((weight) => tf.mul(4, weight.read()));
  for (const [i, weight] of layer.trainableWeights.entries()) weight.write(large[i]!);
  tf.dispose([texts, large]);
  return { layer, points };
}

it('writes the texts that are likeliest place by place, given what it wrote before', async () => {
  const { layer, points } = decoder();
  const texts = layer.apply(points) as tf.Tensor3D;
  const logits = layer.logits(points, texts);
  const [written, likeliest] = [tf.argMax(texts, -1), tf.argMax(logits, -1)];
  expect(await written.data()).toEqual(await likeliest.data());
  expect(new Set(await written.data()).size).toBeGreaterThan(2);
  tf.dispose([points, texts, logits, written, likeliest]);
  layer.dispose();
});

it('reads no token before its place', async () => {
  const { layer, points } = decoder();
  const text = (tokens: number[]) =>
    tf.tidy(() => tf.oneHot(tf.tensor2d(new Array(BATCH).fill(tokens), undefined, 'int32'), VOCABULARY).toFloat() as tf.Tensor3D);
  const [one, other] = [text([1, 2, 3, 4]), text([1, 2, 5, 0])];
  const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(layer.logits(points, one), layer.logits(points, other))), [0, 2]));
  const [first, second, third, fourth] = await difference.data();
  expect([first, second, third]).toEqual([0, 0, 0]);
  expect(fourth).toBeGreaterThan(0.01);
  tf.dispose([points, one, other, difference]);
  layer.dispose();
});

it('lets gradients of the last token reach the point', async () => {
  const { layer, points } = decoder();
  const gradient = tf.tidy(() =>
    tf.grad((z: tf.Tensor) => {
      const last = (layer.apply(z) as tf.Tensor3D).slice([0, LENGTH - 1, 0], [-1, 1, 1]);
      return tf.sum(last);
    })(points),
  );
  const reached = tf.tidy(() => tf.max(tf.abs(gradient), 1));
  for (const value of await reached.data()) expect(value).toBeGreaterThan(0);
  tf.dispose([points, gradient, reached]);
  layer.dispose();
});
