import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { CodeMemory, type CodeMemoryOptions } from '../layers/code-memory.js';
import { UnitLength } from '../layers/unit-length.js';

/** Units of the layers between features and codes, and of the networks that work on codes. */
const UNITS = 128;

/**
 * A critic that reads as well: a modality's discriminator with two heads on its features.
 *
 * `[sample, ...judgeInputs]` to `[score, aim, code]`: the score `[batch, 1]`; the direction in which codes make the score higher, `[batch, dimensions]`;
 * and the code that the sample itself seems to have, of length 1, `[batch, dimensions]`.
 */
export function readingCritic(discriminator: tf.LayersModel, dimensions: number, random: Random): tf.LayersModel {
  const inputs = discriminator.inputs;
  const [score, features] = discriminator.outputs as [tf.SymbolicTensor, tf.SymbolicTensor];
  const hidden = leaky(dense(UNITS, random).apply(features));
  const aim = dense(dimensions, random).apply(hidden) as tf.SymbolicTensor;
  const code = new UnitLength({}).apply(dense(dimensions, random).apply(hidden)) as tf.SymbolicTensor;
  return tf.model({ inputs, outputs: [score, aim, code] });
}

/** The trunk that all modalities share: shared latent points `[batch, latent]` to directions `[batch, dimensions]`, which the memory then pulls to codes. */
export function trunk(latentDimensions: number, dimensions: number, random: Random): tf.LayersModel {
  return perceptron(latentDimensions, dimensions, random);
}

/** Judges codes `[batch, dimensions]` by a score `[batch, 1]`. */
export function codeCritic(dimensions: number, random: Random): tf.LayersModel {
  return perceptron(dimensions, 1, random);
}

/** The {@link CodeMemory} as a network of its own. */
export function codeMemory(dimensions: number, options: CodeMemoryOptions): tf.LayersModel {
  const direction = tf.input({ shape: [dimensions] });
  return tf.model({ inputs: direction, outputs: new CodeMemory(options).apply(direction) as tf.SymbolicTensor });
}

function perceptron(inputs: number, outputs: number, random: Random): tf.LayersModel {
  const input = tf.input({ shape: [inputs] });
  const hidden = leaky(dense(UNITS, random).apply(leaky(dense(UNITS, random).apply(input))));
  return tf.model({ inputs: input, outputs: dense(outputs, random).apply(hidden) as tf.SymbolicTensor });
}

function dense(units: number, random: Random): tf.layers.Layer {
  return tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotNormal({ seed: random.integer(2 ** 31) }) });
}

function leaky(map: ReturnType<tf.layers.Layer['apply']>): tf.SymbolicTensor {
  return tf.layers.leakyReLU({ alpha: 0.2 }).apply(map) as tf.SymbolicTensor;
}
