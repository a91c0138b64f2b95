import { normalLatent, type VaeParts } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { FusionName } from './fusion.js';
import { type MultimodalVae, multimodalVae } from './multimodal-vae.js';

/** For tests: a modality of points `[batch, 2]`, with small networks. */
export function cornerVaeParts(latentDimensions: number, seed = 1): VaeParts<readonly number[]> {
  const dense = (units: number, i: number, activation?: 'relu') => {
    const kernelInitializer = tf.initializers.glorotNormal({ seed: seed * 100 + i });
    return tf.layers.dense({ units, kernelInitializer, ...(activation && { activation }) });
  };
  const network = (inputs: number, offset: number, outputs: readonly number[]) => {
    const input = tf.input({ shape: [inputs] });
    const hidden = dense(32, offset + 1, 'relu').apply(dense(32, offset, 'relu').apply(input));
    return tf.model({
      inputs: input,
      outputs: outputs.map((units, i) => dense(units, offset + 2 + i).apply(hidden) as tf.SymbolicTensor),
    });
  };
  return {
    kind: 'corners',
    options: { latentDimensions, seed },
    latent: normalLatent(latentDimensions),
    modality: {
      kind: 'corners',
      sampleShape: [2],
      encode: (samples) => tf.tensor2d(samples.map((sample) => [...sample])),
      decode: async (batch) => (await batch.array()) as number[][],
    },
    networks: {
      encoder: () => network(2, 10, [latentDimensions, latentDimensions]),
      decoder: () => network(latentDimensions, 20, [2]),
    },
    training: { likelihood: { scale: 0.15 } },
  };
}

/** A VAE of two such modalities. */
export function twoCornersVae(fusion: FusionName): MultimodalVae {
  return multimodalVae({ modalities: { left: cornerVaeParts(2, 1), right: cornerVaeParts(2, 2) }, fusion });
}
