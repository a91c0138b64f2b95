import { type Random, spectralNormalization } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { dense, leaky, perceptron, UNITS } from '../game/dense-layers.js';

/** The first layers that all generators share: latent points `[batch, dimensions]` to what each generator takes for one. */
export function sharedTrunk(dimensions: number, random: Random): tf.LayersModel {
  return perceptron(dimensions, dimensions, random);
}

/** The last layers that all discriminators share: what {@link ownCritic} gives to a score `[batch, 1]`. Spectrally normalised, as it serves games under any loss. */
export function sharedHead(random: Random): tf.LayersModel {
  const common = tf.input({ shape: [UNITS] });
  const hidden = leaky(limited(UNITS, random).apply(leaky(common)));
  return tf.model({ inputs: common, outputs: limited(1, random).apply(hidden) as tf.SymbolicTensor });
}

/** What a discriminator has for itself: `[sample, ...judgeInputs]` to `[common, features]`, what the shared head takes and what it was made of. */
export function ownCritic(body: tf.LayersModel, random: Random): tf.LayersModel {
  const features = body.outputs[0]!;
  const common = limited(UNITS, random).apply(features) as tf.SymbolicTensor;
  return tf.model({ inputs: body.inputs, outputs: [common, features] });
}

/**
 * Reads where samples lie: from what `body` takes to `[mean, logVariance]`, each `[batch, dimensions]`, of a normal distribution over latent points, which counts beside
 * the prior.
 *
 * @param body to features `[batch, n]`
 */
export function pointReader(body: tf.LayersModel, dimensions: number, random: Random): tf.LayersModel {
  const inputs = body.inputs.map(({ shape }) => tf.input({ shape: shape.slice(1) }));
  const hidden = leaky(dense(UNITS, random).apply(body.apply(inputs) as tf.SymbolicTensor));
  const outputs = [0, 1].map(() => dense(dimensions, random).apply(hidden) as tf.SymbolicTensor);
  return tf.model({ name: 'reader', inputs, outputs });
}

function limited(units: number, random: Random): tf.layers.Layer {
  return spectralNormalization(dense(units, random));
}
