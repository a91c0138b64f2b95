import type * as tf from '@tensorflow/tfjs';

/** Samples in several forms, a row being one thing in all of them. Whoever receives a batch owns its tensors. */
export interface JointBatch {
  /** Of each modality by name, `[batch, ...sampleShape]`. Where a row lacks the form, another sample of that modality stands in. */
  readonly samples: Readonly<Record<string, tf.Tensor>>;
  /** Of each modality: 1 where the row has this form, 0 where another sample stands in; float32 `[batch]`. */
  readonly present: Readonly<Record<string, tf.Tensor1D>>;
  /** Class of each row, int32 `[batch]`, where there are classes. Training does not look at them. */
  readonly labels?: tf.Tensor1D;
}
