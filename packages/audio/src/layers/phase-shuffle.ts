import * as tf from '@tensorflow/tfjs';

/**
 * Shifts each sound of a batch along time by a few samples of its own; what is missing at an end is the reflection of what is there (Donahue et
 * al. 2018, arXiv 1802.04208, section 3.3): y[t] = x[t - shift]. A critic that sees its maps shuffled cannot tell generated sound by the phase of
 * the artefacts that transposed convolutions leave.
 *
 * The gradient is right to any order: shifting is linear, so that it and its transpose are each other's gradient. Both are lookups, which all engines do
 * well; TensorFlow.js's own gradient of a lookup is quick on some only.
 *
 * Deviation from the authors' code, as in their text: each sound has a shift of its own, not one for the whole batch.
 *
 * @param maps `[batch, time, channels]`; borrowed
 * @param shifts whole numbers, `[batch]` or `[batch, 1]`, each less than `time` in size; borrowed
 */
export function phaseShuffle(maps: tf.Tensor3D, shifts: tf.Tensor): tf.Tensor3D {
  const [batch, time, channels] = maps.shape;
  return tf.tidy(() => {
    const from = sources(tf.reshape(tf.cast(shifts, 'int32'), [batch, 1]), time);
    const shifted = shiftRows(tf.reshape(maps, [batch * time, channels]), from);
    return tf.reshape(shifted, [batch, time, channels]);
  });
}

/** Which rows of `[batch · time, …]` a shift and its transpose read. */
interface Sources {
  /** The row that each place gets its value from. */
  readonly of: tf.Tensor1D;
  /** For each row, the place that it went to as it is, and the place that it was reflected to; the row after the last where there is none. */
  readonly to: readonly [tf.Tensor1D, tf.Tensor1D];
}

function sources(shifts: tf.Tensor, time: number): Sources {
  const batch = shifts.shape[0]!;
  const last = time - 1;
  const places = tf.reshape(tf.range(0, time, 1, 'int32'), [1, time]);
  const starts = tf.reshape(tf.mul(tf.range(0, batch, 1, 'int32'), tf.scalar(time, 'int32')), [batch, 1]);
  const nowhere = tf.fill([batch, time], batch * time, 'int32');
  const rows = (at: tf.Tensor, exists?: tf.Tensor) => {
    const row = tf.add(starts, at);
    return tf.reshape(exists ? tf.where(exists, row, nowhere) : row, [-1]) as tf.Tensor1D;
  };

  // Reflected at 0 and at the last place, neither of which is repeated.
  const distance = tf.abs(tf.sub(places, shifts));
  const of = rows(tf.sub(tf.scalar(last, 'int32'), tf.abs(tf.sub(tf.scalar(last, 'int32'), distance))));

  const straight = tf.add(places, shifts);
  const inside = tf.logicalAnd(tf.greaterEqual(straight, 0), tf.lessEqual(straight, last));
  // A row at j is also at the place that the mirror image of j is shifted to, if that is where the shift left a gap.
  const ahead = tf.greater(shifts, 0);
  const mirrored = tf.add(tf.where(ahead, tf.neg(places), tf.sub(tf.scalar(2 * last, 'int32'), places)), shifts);
  const fillsStart = tf.logicalAnd(ahead, tf.logicalAnd(tf.greater(places, 0), tf.greaterEqual(mirrored, 0)));
  const fillsEnd = tf.logicalAnd(tf.less(shifts, 0), tf.logicalAnd(tf.less(places, last), tf.lessEqual(mirrored, last)));
  return { of, to: [rows(straight, inside), rows(mirrored, tf.logicalOr(fillsStart, fillsEnd))] };
}

function shiftRows(rows: tf.Tensor2D, from: Sources): tf.Tensor2D {
  const run = tf.customGrad((x) => ({
    value: tf.gather(x as tf.Tensor2D, from.of),
    gradFunc: (dy) => shiftRowsTransposed(dy as tf.Tensor2D, from),
  }));
  return run(rows) as tf.Tensor2D;
}

function shiftRowsTransposed(rows: tf.Tensor2D, from: Sources): tf.Tensor2D {
  const run = tf.customGrad((dy) => {
    const padded = tf.pad(dy as tf.Tensor2D, [
      [0, 1],
      [0, 0],
    ]);
    const [straight, mirrored] = from.to;
    return {
      value: tf.add(tf.gather(padded, straight), tf.gather(padded, mirrored)),
      gradFunc: (ddy) => shiftRows(ddy as tf.Tensor2D, from),
    };
  });
  return run(rows) as tf.Tensor2D;
}

/** {@link phaseShuffle} as a layer: applied to `[maps, shifts]`, shifts being int32 `[batch, 1]`. */
export class PhaseShuffle extends tf.layers.Layer {
  static readonly className = 'PolyganPhaseShuffle';

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }

  override call(inputs: tf.Tensor[]): tf.Tensor {
    const [maps, shifts] = inputs as [tf.Tensor3D, tf.Tensor];
    return phaseShuffle(maps, shifts);
  }
}
