import {
  nested,
  number,
  type OptimizerOptions,
  optimizerSchema,
  type Resolved,
  type Schedule,
  scheduleField,
} from '@polygan/core';

/** How a multimodal VAE is trained. */
export interface MultimodalVaeTraining {
  /** Of all networks. Default: Adam with a learning rate of 1e-3, β₁ of 0.9, β₂ of 0.999. */
  readonly optimizer?: OptimizerOptions;
  /** Weight of the divergence (β-VAE). Default 1. */
  readonly beta?: Schedule;
  /** Nats that each latent dimension may carry for nothing, against a posterior that says nothing (1606.04934). Default 0. */
  readonly freeBits?: number;
  /**
   * By modality, how much its reconstruction counts. Default: so much that each number of the largest samples counts once, and all modalities count alike, as
   * published models have it; a word would not be noticed beside a second of sound.
   */
  readonly modalities?: Readonly<Record<string, { readonly weight?: number }>>;
}

const common = {
  optimizer: nested(optimizerSchema({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999 })),
  beta: scheduleField({ min: 0, default: 1 }),
  freeBits: number({ min: 0, default: 0 }),
};

/** The fields of {@link MultimodalVaeTraining}. @param sizes of the modalities by name: how many numbers a sample has */
export function multimodalVaeSchema(sizes: Readonly<Record<string, number>>) {
  const largest = Math.max(...Object.values(sizes));
  const each = Object.entries(sizes).map(([name, size]) => [
    name,
    nested({ weight: number({ min: 0, default: largest / size }) }),
  ]);
  return { ...common, modalities: nested(Object.fromEntries(each)) };
}

/** Options with every default filled in. */
export interface ResolvedMultimodalVaeTraining extends Resolved<typeof common> {
  readonly modalities: Readonly<Record<string, { readonly weight: number }>>;
}
