import type * as tf from '@tensorflow/tfjs';

/** What a single-modality model trains on: samples, and their classes where there are any. Whoever receives a batch owns its tensors. */
export interface Batch {
  /** `[batch, ...sampleShape]`, in the range that the networks work in (pictures and sound: -1 to 1). */
  readonly samples: tf.Tensor;
  /** Class of each sample, int32 `[batch]`. */
  readonly labels?: tf.Tensor1D;
  /** What each sample is to be made under, float32 `[batch, ...conditionShape]`: its attributes, a picture that it belongs to. */
  readonly conditions?: tf.Tensor;
}

/**
 * Samples that can be fetched by number, so that a run can be shuffled by a seed and resumed exactly where it stood.
 *
 * In memory, on disk or made up: the trainer only ever asks for the samples of the next batch.
 */
export interface Dataset<B = Batch> {
  /** How many samples there are. */
  readonly size: number;
  /** Changes when the data change; stored in the run, compared on resume. */
  readonly fingerprint: string;
  /** Names of the classes by label, where there are classes. */
  readonly classNames?: readonly string[];
  /** Of samples that are files of a folder, each a whole one: their paths below it, with `/` between their parts. */
  readonly fileNames?: readonly string[];
  /**
   * The samples with these numbers. The caller owns the tensors.
   *
   * @param epochs in which pass through the data each is asked for, from 0; default 0 for all. A dataset that varies its samples (cuts long sounds at
   *   random places, say) draws from the number and the pass, so that a resumed run is given the same again.
   */
  batch(indices: readonly number[], epochs?: readonly number[]): Promise<B>;
}
