import * as tf from '@tensorflow/tfjs';
import type { Conditioning, ConditionOptions } from './conditioning.js';

/** What a discriminator is built from, as far as it is told things. */
export interface ConditionedShape extends ConditionOptions {
  /** Height and width of the pictures. */
  readonly size: number;
  readonly channels: number;
  readonly conditioning: Conditioning;
}

/** The inputs of a discriminator. */
export interface DiscriminatorInputs {
  readonly shape: ConditionedShape;
  /** The picture, and after it what the discriminator is told. */
  readonly inputs: readonly tf.SymbolicTensor[];
  /** What its features are projected by, each `[batch, n]`: the class, one-hot, and attributes. */
  readonly projected: readonly tf.SymbolicTensor[];
  /** What its first layer sees, `[batch, size, size, n]`. */
  readonly seen: tf.SymbolicTensor;
}

export function discriminatorInputs(shape: ConditionedShape): DiscriminatorInputs {
  const { size, channels, classes, attributes, fromChannels, conditioning } = shape;
  const picture = tf.input({ shape: [size, size, channels] });
  const oneHot = classes && conditioning !== 'auxiliary' ? [tf.input({ shape: [classes] })] : [];
  const numbers = attributes ? [tf.input({ shape: [attributes] })] : [];
  const from = fromChannels ? [tf.input({ shape: [size, size, fromChannels] })] : [];
  const vectors = [...oneHot, ...numbers];
  const isBeside = conditioning === 'concatenation';
  const beside = [...from, ...(isBeside ? vectors.map((vector) => planes(vector, size)) : [])];
  return {
    shape,
    inputs: [picture, ...vectors, ...from],
    projected: isBeside ? [] : vectors,
    seen: beside.length > 0 ? (tf.layers.concatenate().apply([picture, ...beside]) as tf.SymbolicTensor) : picture,
  };
}

/** Numbers as planes of a picture, each the same everywhere. */
function planes(vector: tf.SymbolicTensor, size: number): tf.SymbolicTensor {
  const everywhere = tf.layers.repeatVector({ n: size * size }).apply(vector);
  return tf.layers.reshape({ targetShape: [size, size, vector.shape[1]!] }).apply(everywhere) as tf.SymbolicTensor;
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
export function judgement({ shape, inputs, projected }: DiscriminatorInputs, { features, summed, dense }: JudgementParts) {
  const { classes, conditioning } = shape;
  const scores = [dense(features, 1)];
  if (projected.length > 0) {
    const compared = summed();
    const along = (vector: tf.SymbolicTensor) => {
      const direction = dense(vector, compared.shape[1]!, false);
      return tf.layers.dot({ axes: 1 }).apply([compared, direction]) as tf.SymbolicTensor;
    };
    scores.push(...projected.map(along));
  }
  const score = scores.length > 1 ? (tf.layers.add().apply(scores) as tf.SymbolicTensor) : scores[0]!;
  const named = classes && conditioning === 'auxiliary' ? [dense(features, classes)] : [];
  return tf.model({ name: 'discriminator', inputs: [...inputs], outputs: [score, features, ...named] });
}
