import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { dense, leaky, perceptron, UNITS } from '../game/dense-layers.js';
import { CodeMemory, type CodeMemoryOptions } from '../layers/code-memory.js';
import { DifferencesAmongLike } from '../layers/differences-among-like.js';
import { Directions } from '../layers/directions.js';
import { MannerMemory, type MannerMemoryOptions } from '../layers/manner-memory.js';
import { UnitLength } from '../layers/unit-length.js';

/** By how many numbers a critic tells samples of like codes from one another. */
const TRAITS = 16;

/**
 * A modality's discriminator that is told codes: `[sample, ...judgeInputs]` to `[score, aim, features]`, the scores `[batch, scores]`, the direction in which codes make
 * them higher, `[batch, dimensions]`, and the discriminator's own features.
 */
export function codedCritic(discriminator: tf.LayersModel, dimensions: number, random: Random): tf.LayersModel {
  const [score, features] = discriminator.outputs as [tf.SymbolicTensor, tf.SymbolicTensor];
  const aim = dense(dimensions, random).apply(leaky(dense(UNITS, random).apply(features))) as tf.SymbolicTensor;
  return tf.model({ inputs: discriminator.inputs, outputs: [score, aim, features] });
}

/** Judges how much each sample of a batch differs from others with codes like its own: `[features, codes]`, features as of {@link codedCritic}, to scores `[batch, 1]`. */
export function varietyCritic(critic: tf.LayersModel, dimensions: number, random: Random): tf.LayersModel {
  const features = tf.input({ shape: critic.outputs.at(-1)!.shape.slice(1) });
  const codes = tf.input({ shape: [dimensions] });
  const traits = dense(TRAITS, random).apply(features) as tf.SymbolicTensor;
  const differences = new DifferencesAmongLike().apply([traits, codes]) as tf.SymbolicTensor;
  const score = dense(1, random).apply(leaky(dense(UNITS, random).apply(differences))) as tf.SymbolicTensor;
  return tf.model({ inputs: [features, codes], outputs: score });
}

/** Judges how well manners fit samples (projection, 1802.05637, equation 3): `[features, manners]`, features as of {@link codedCritic}, to scores `[batch, 1]`. */
export function mannerCritic(critic: tf.LayersModel, dimensions: number, random: Random): tf.LayersModel {
  const features = tf.input({ shape: critic.outputs.at(-1)!.shape.slice(1) });
  const manners = tf.input({ shape: [dimensions] });
  const aim = dense(dimensions, random).apply(features);
  const score = tf.layers.dot({ axes: 1 }).apply([aim as tf.SymbolicTensor, manners]) as tf.SymbolicTensor;
  return tf.model({ inputs: [features, manners], outputs: score });
}

/** The {@link MannerMemory} as a network of its own. */
export function mannerMemory(codeDimensions: number, ownDimensions: number, options: MannerMemoryOptions): tf.LayersModel {
  const code = tf.input({ shape: [codeDimensions] });
  const own = tf.input({ shape: [ownDimensions] });
  return tf.model({ inputs: [code, own], outputs: new MannerMemory(options).apply([code, own]) as tf.SymbolicTensor });
}

/** Reads the code of samples: from what `body` takes to directions of length 1, `[batch, dimensions]`. @param body to features `[batch, n]` */
export function codeReader(body: tf.LayersModel, dimensions: number, random: Random): tf.LayersModel {
  const inputs = body.inputs.map(({ shape }) => tf.input({ shape: shape.slice(1) }));
  const features = body.apply(inputs) as tf.SymbolicTensor;
  const code = dense(dimensions, random).apply(leaky(dense(UNITS, random).apply(features)));
  return tf.model({ name: 'reader', inputs, outputs: new UnitLength({}).apply(code) as tf.SymbolicTensor });
}

/** How near codes `[batch, dimensions]` lie to each of the pieces that a form is made of, `[batch, count]`. */
export function pieceDirections(dimensions: number, count: number, random: Random): tf.LayersModel {
  const code = tf.input({ shape: [dimensions] });
  const nearness = new Directions({ count, seed: random.integer(2 ** 31) }).apply(code) as tf.SymbolicTensor;
  return tf.model({ inputs: code, outputs: nearness });
}

/** The trunk that all modalities share: shared latent points `[batch, latent]` to directions `[batch, dimensions]`, which the memory then pulls to codes. */
export function trunk(latentDimensions: number, dimensions: number, random: Random): tf.LayersModel {
  return perceptron(latentDimensions, dimensions, random);
}

/** Judges codes `[batch, dimensions]` by a score `[batch, 1]`. */
export function codeCritic(dimensions: number, random: Random): tf.LayersModel {
  return perceptron(dimensions, 1, random);
}

/** What a generator is given: `[code, own]`, a code `[batch, dimensions]`, so many times as long, and a private part `[batch, ownDimensions]`, to one point. */
export function generatorPoint(dimensions: number, ownDimensions: number, codeLength: number): tf.LayersModel {
  const code = tf.input({ shape: [dimensions] });
  const own = tf.input({ shape: [ownDimensions] });
  const long = tf.layers.rescaling({ scale: codeLength }).apply(code) as tf.SymbolicTensor;
  return tf.model({ inputs: [code, own], outputs: tf.layers.concatenate().apply([long, own]) as tf.SymbolicTensor });
}

/** The {@link CodeMemory} as a network of its own. */
export function codeMemory(dimensions: number, options: CodeMemoryOptions): tf.LayersModel {
  const direction = tf.input({ shape: [dimensions] });
  return tf.model({ inputs: direction, outputs: new CodeMemory(options).apply(direction) as tf.SymbolicTensor });
}
