import type { GanNetworks, GanParts, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Samples with the random inputs that this discriminator takes beside them, where it takes some: what networks made of it are called with. */
export function withJudgeInputs({ judgeInputs }: GanNetworks, samples: tf.Tensor, random: Random): tf.Tensor | tf.Tensor[] {
  const drawn = judgeInputs?.(samples.shape[0]!, random) ?? [];
  return drawn.length > 0 ? [samples, ...drawn] : samples;
}

/** A discriminator of its own as far as its features, `[batch, n]`. */
export function featureNetwork({ discriminator: make }: GanNetworks): tf.LayersModel {
  const discriminator = make();
  const body = tf.model({ inputs: discriminator.inputs, outputs: discriminator.outputs[1]! });
  // What gives the score is not needed.
  for (const layer of discriminator.layers) if (!body.layers.includes(layer)) layer.dispose();
  return body;
}

/** What makes features `[batch, n]` of samples before they are read: the modality's own reader, or else what its discriminator begins with. */
export function readingNetwork({ reader, networks }: GanParts<unknown>): tf.LayersModel {
  return reader?.network() ?? featureNetwork(networks);
}

/** What a network made of {@link readingNetwork} is called with. */
export function readingInputs(
  { reader, networks }: GanParts<unknown>,
  samples: tf.Tensor,
  random: Random,
): tf.Tensor | tf.Tensor[] {
  return reader ? samples : withJudgeInputs(networks, samples, random);
}
