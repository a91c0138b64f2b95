import type * as tf from '@tensorflow/tfjs';

/**
 * One kind of sample: how samples of a domain become a tensor, and a tensor becomes samples.
 *
 * `@polygan/image`, `@polygan/audio` and `@polygan/text` each have one; anybody can write a further one.
 */
export interface Modality<Sample = unknown> {
  /** 'image', 'audio', 'text', or the name of a home-made one. */
  readonly kind: string;
  /** The shape of one sample's tensor, without the batch: `[height, width, channels]`, `[samples, channels]`, … */
  readonly sampleShape: readonly number[];
  /** Samples as one tensor `[batch, ...sampleShape]` in the range that the networks work in. The caller owns it. */
  encode(samples: readonly Sample[]): tf.Tensor;
  /** A tensor `[batch, ...sampleShape]` as samples. Borrows the tensor. */
  decode(batch: tf.Tensor): Promise<Sample[]>;
}

/** How generated samples become files. Node entries of the modality packages have one each; `jointFiles` of `@polygan/core/node` joins several. */
export interface SampleFiles<Samples extends tf.Tensor | Readonly<Record<string, tf.Tensor>> = tf.Tensor> {
  /** The ending of the files that {@link writePreview} makes, with the dot: '.png', '.wav', '.txt', '.html'. */
  readonly previewExtension: string;
  /** Writes many samples into one file that shows them together (a grid of pictures, say). */
  writePreview(samples: Samples, path: string): Promise<void>;
  /** Writes each sample into `directory` as 000000.png, 000001.png, … from `firstIndex` on; returns the names written. */
  writeEach(samples: Samples, directory: string, firstIndex: number): Promise<string[]>;
}
