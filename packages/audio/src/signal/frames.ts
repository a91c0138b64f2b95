import * as tf from '@tensorflow/tfjs';
import type { ResolvedStftOptions } from './stft-options.js';

type Framing = Pick<ResolvedStftOptions, 'frameLength' | 'hopLength' | 'centred'>;

/** How many frames a signal of so many samples gives. */
function frameCount(samples: number, { frameLength, hopLength, centred }: Framing): number {
  return 1 + Math.floor((samples - (centred ? 0 : frameLength)) / hopLength);
}

/**
 * Overlapping frames `[batch, frames, frameLength]` of signals `[batch, samples]`.
 *
 * The signal is laid out in rows of one hop. A frame is some rows one after another, so all frames together are as many shifted slices of the rows:
 * quicker than a gather, and so is the gradient.
 */
export function framesOf(signals: tf.Tensor2D, framing: Framing): tf.Tensor3D {
  const { frameLength, hopLength, centred } = framing;
  const [batch, samples] = signals.shape;
  const count = frameCount(samples, framing);
  if (count < 1)
    throw new Error(`stft: a frame of ${frameLength} samples is longer than the signal of ${samples}; use shorter frames`);
  return tf.tidy(() => {
    const parts = Math.ceil(frameLength / hopLength);
    const before = centred ? frameLength / 2 : 0;
    const needed = (count - 1 + parts) * hopLength;
    const used = Math.min(samples, needed - before);
    const padded = tf.pad(signals.slice([0, 0], [batch, used]), [
      [0, 0],
      [before, needed - before - used],
    ]);
    const rows = padded.reshape([batch, count - 1 + parts, hopLength]);
    const slices = Array.from({ length: parts }, (_, part) =>
      rows.slice([0, part, 0], [batch, count, Math.min(hopLength, frameLength - part * hopLength)]),
    );
    return tf.concat(slices, 2) as tf.Tensor3D;
  });
}

/** Adds overlapping frames `[batch, frames, frameLength]` up to signals `[batch, samples]`: the transpose of {@link framesOf}. */
export function overlapAdd(frames: tf.Tensor3D, { frameLength, hopLength, centred }: Framing, samples: number): tf.Tensor2D {
  const [batch, count] = frames.shape;
  return tf.tidy(() => {
    const parts = Math.ceil(frameLength / hopLength);
    const rows = Array.from({ length: parts }, (_, part) => {
      const width = Math.min(hopLength, frameLength - part * hopLength);
      const slice = frames.slice([0, 0, part * hopLength], [batch, count, width]);
      return tf.pad(slice, [
        [0, 0],
        [part, parts - 1 - part],
        [0, hopLength - width],
      ]);
    });
    const whole = tf.addN(rows).reshape([batch, (count - 1 + parts) * hopLength]);
    const before = centred ? frameLength / 2 : 0;
    const there = Math.min(samples, whole.shape[1]! - before);
    return tf.pad(whole.slice([0, before], [batch, there]), [
      [0, 0],
      [0, samples - there],
    ]) as tf.Tensor2D;
  });
}
