import { type Batch, type ClusterOptions, clusterSamples, type Dataset, type SampleClusters } from '@polygan/core';
import { soundOutlines } from './sound-outlines.js';

/** Options of {@link clusterSounds}. */
export interface ClusterSoundsOptions extends ClusterOptions {
  /** In Hz. */
  readonly sampleRate: number;
}

/**
 * Groups of sounds that are alike, found without labels: of spoken words, about a word by a voice each. For `waveGan({ clusters })`.
 *
 * @param data sounds `[batch, samples, channels]` in -1…1
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function clusterSounds(data: Dataset<Batch>, { sampleRate, ...options }: ClusterSoundsOptions): Promise<SampleClusters> {
  return clusterSamples(data, (sounds) => soundOutlines(sounds, sampleRate), options);
}
