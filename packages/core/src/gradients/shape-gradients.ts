import * as tf from '@tensorflow/tfjs';

/** Gradients of operations that move values about. */
export const shapeGradients: readonly tf.GradConfig[] = [
  {
    // TensorFlow.js drops what the mirrored border contributes.
    kernelName: 'MirrorPad',
    gradFunc(dy, _saved, { paddings, mode }) {
      const x = () =>
        (paddings as [number, number][]).reduce<tf.Tensor>(
          (gradient, padding, axis) => fold(gradient, axis, padding, mode as string),
          dy as tf.Tensor,
        );
      return { x };
    },
  },
  {
    // TensorFlow.js takes one slice per repetition, and none from five dimensions on.
    kernelName: 'Tile',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { reps }) => ({
      x: () =>
        (reps as number[]).reduce<tf.Tensor>(
          (gradient, repetitions, axis) => sumRepetitions(gradient, axis, repetitions, x!.shape[axis]!),
          dy as tf.Tensor,
        ),
    }),
  },
];

/** Undoes one axis of a mirror padding: adds what stands in the border to the places that it was copied from. */
function fold(padded: tf.Tensor, axis: number, [before, after]: [number, number], mode: string): tf.Tensor {
  const size = padded.shape[axis]! - before - after;
  // 'reflect' leaves out the outermost value itself.
  const skipped = mode === 'reflect' ? 1 : 0;
  const part = (begin: number, length: number) => {
    const [begins, sizes] = [padded.shape.map(() => 0), [...padded.shape]];
    begins[axis] = begin;
    sizes[axis] = length;
    return tf.slice(padded, begins, sizes);
  };
  const mirrored = (begin: number, length: number, to: number) => {
    const paddings = padded.shape.map((): [number, number] => [0, 0]);
    paddings[axis] = [to, size - to - length];
    return tf.pad(tf.reverse(part(begin, length), axis), paddings);
  };
  let middle = part(before, size);
  if (before > 0) middle = tf.add(middle, mirrored(0, before, skipped));
  if (after > 0) middle = tf.add(middle, mirrored(before + size, after, size - skipped - after));
  return middle;
}

function sumRepetitions(tiled: tf.Tensor, axis: number, repetitions: number, size: number): tf.Tensor {
  if (repetitions === 1) return tiled;
  const outer = tiled.shape.slice(0, axis);
  const inner = tiled.shape.slice(axis + 1);
  const sizeOf = (shape: number[]) => tf.util.sizeFromShape(shape);
  const sum = tf.sum(tf.reshape(tiled, [sizeOf(outer), repetitions, size, sizeOf(inner)]), 1);
  return tf.reshape(sum, [...outer, size, ...inner]);
}
