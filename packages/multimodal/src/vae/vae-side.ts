import { type Likelihood, likelihood, likelihoodSchema, type Posterior, resolveOptions, type VaeParts } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';

/** One modality of a multimodal VAE: its encoder and its decoder. Owns their weights. */
export class VaeSide {
  readonly name: string;
  readonly parts: VaeParts<unknown>;
  readonly encoder: tf.LayersModel;
  readonly decoder: tf.LayersModel;
  readonly likelihood: Likelihood;
  /** Whether the decoder gives logits, whose softmax are the samples. */
  readonly givesLogits: boolean;

  constructor(name: string, parts: VaeParts<unknown>) {
    const resolved = resolveOptions(`multimodalVae, '${name}'`, parts.training?.likelihood ?? {}, likelihoodSchema);
    this.name = name;
    this.parts = parts;
    this.likelihood = likelihood(resolved);
    this.givesLogits = resolved.kind === 'categorical';
    this.encoder = parts.networks.encoder();
    this.decoder = parts.networks.decoder();
    // As layers of one sampler, decoders of all modalities need names of their own.
    this.decoder.name = `${name}-decoder`;
  }

  /** Where samples `[batch, ...sampleShape]` lie. */
  encode(samples: tf.Tensor, training = false): Posterior {
    const [mean, logVariance] = this.encoder.apply(samples, { training }) as tf.Tensor2D[];
    return { mean: mean!, logVariance: logVariance! };
  }

  /** The means of the samples that lie at points `[batch, latent]`. */
  generate(points: tf.Tensor2D): tf.Tensor {
    return this.likelihood.mean(this.decoder.apply(points) as tf.Tensor);
  }

  /** -ln p of each sample at a point, in nats, `[batch]`. */
  surpriseInTraining(points: tf.Tensor2D, samples: tf.Tensor): tf.Tensor1D {
    const output = this.decoder.apply(points, { training: true }) as tf.Tensor;
    return this.likelihood.negativeLog(this.compared(output), this.compared(samples));
  }

  /** What of samples is compared. */
  compared(samples: tf.Tensor): tf.Tensor {
    return this.parts.compared?.(samples) ?? samples;
  }
}
