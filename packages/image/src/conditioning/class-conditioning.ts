import * as tf from '@tensorflow/tfjs';

/** The ways in which a discriminator has to do with classes. */
export const CONDITIONINGS = ['projection', 'auxiliary', 'concatenation'] as const;

/**
 * How a discriminator has to do with classes.
 *
 * - `projection`: how far its features lie along a direction of the class is added to the score (Miyato & Koyama 2018, arXiv 1802.05637, equation 3).
 * - `auxiliary`: it is not told the class but names it, and both networks are to make that right (ACGAN, Odena et al. 2016, arXiv 1610.09585).
 * - `concatenation`: it sees the class beside the picture, as planes of ones and zeros (Mirza & Osindero 2014, arXiv 1411.1784).
 */
export type Conditioning = (typeof CONDITIONINGS)[number];

/** What a discriminator is built from, as far as classes matter. */
export interface ConditionedShape {
  /** Height and width of the pictures. */
  readonly size: number;
  readonly channels: number;
  readonly classes?: number | undefined;
  readonly conditioning: Conditioning;
}

/** The inputs of a discriminator. */
export interface DiscriminatorInputs {
  readonly shape: ConditionedShape;
  readonly picture: tf.SymbolicTensor;
  /** The class, one-hot; only where the discriminator is told it. */
  readonly oneHot?: tf.SymbolicTensor;
  /** What its first layer sees, `[batch, size, size, n]`. */
  readonly seen: tf.SymbolicTensor;
}

export function discriminatorInputs(shape: ConditionedShape): DiscriminatorInputs {
  const { size, channels, classes, conditioning } = shape;
  const picture = tf.input({ shape: [size, size, channels] });
  if (!classes || conditioning === 'auxiliary') return { shape, picture, seen: picture };
  const oneHot = tf.input({ shape: [classes] });
  if (conditioning === 'projection') return { shape, picture, oneHot, seen: picture };
  const everywhere = tf.layers.repeatVector({ n: size * size }).apply(oneHot);
  const planes = tf.layers.reshape({ targetShape: [size, size, classes] }).apply(everywhere) as tf.SymbolicTensor;
  return { shape, picture, oneHot, seen: tf.layers.concatenate().apply([picture, planes]) as tf.SymbolicTensor };
}

/** What the end of a discriminator is made of. */
export interface JudgementParts {
  /** What the score is of, `[batch, n]`. */
  readonly features: tf.SymbolicTensor;
  /** What a direction of a class is compared with, `[batch, m]`. */
  summed(): tf.SymbolicTensor;
  /** A dense layer as this discriminator has them. */
  dense(input: tf.SymbolicTensor, units: number, useBias?: boolean): tf.SymbolicTensor;
}

/** A discriminator from its inputs to `[score, features]`, and logits `[batch, classes]` where it names classes. */
export function judgement({ shape, picture, oneHot }: DiscriminatorInputs, { features, summed, dense }: JudgementParts) {
  const name = 'discriminator';
  const score = dense(features, 1);
  const inputs = oneHot ? [picture, oneHot] : picture;
  if (shape.classes && !oneHot) return tf.model({ name, inputs, outputs: [score, features, dense(features, shape.classes)] });
  if (!oneHot || shape.conditioning !== 'projection') return tf.model({ name, inputs, outputs: [score, features] });
  const compared = summed();
  const along = tf.layers.dot({ axes: 1 }).apply([compared, dense(oneHot, compared.shape[1]!, false)]);
  const told = tf.layers.add().apply([score, along as tf.SymbolicTensor]) as tf.SymbolicTensor;
  return tf.model({ name, inputs, outputs: [told, features] });
}
