import { stopGradient } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { lstmStep } from './lstm-step.js';
import type { TokenState } from './token-network.js';

/**
 * A whole pass of an LSTM layer from a state of zeros, with a gradient of its own: backpropagation through time takes seven operations a place,
 * where that of tfjs takes some forty. Differentiable once. Inside `tf.tidy`.
 *
 * @param projected what the input gives to the gates, time-major, `[places × rows, 4 × hidden]`
 * @param recurrentKernel `[hidden, 4 × hidden]`, gates in the order i, f, g, o
 * @returns the outputs, time-major, `[places × rows, hidden]`
 */
export function lstmRows(projected: tf.Tensor2D, recurrentKernel: tf.Tensor2D, rows: number): tf.Tensor2D {
  const [hidden] = recurrentKernel.shape;
  const total = projected.shape[0];
  const withGradient = tf.customGrad((...inputs) => {
    const [, kernel, pass] = inputs as tf.Tensor2D[];
    (inputs.at(-1) as unknown as tf.GradSaveFunc)([kernel!, pass!]);
    return {
      value: tf.slice(pass!, [0, 5 * hidden], [total, hidden]),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [kernel, pass] = saved as tf.Tensor2D[];
        const [i, f, g, o, memory, output] = tf.split(pass!, 6, 1) as tf.Tensor2D[];
        const gates = backward({ i: i!, f: f!, g: g!, o: o!, memory: memory! }, kernel!, dy as tf.Tensor2D, rows);
        return [gates, tf.matMul(delayed(output!, rows), gates, true, false), tf.zerosLike(pass!)];
      },
    };
  });
  // An input, because the forward part of a gradient may keep nothing else; and one that no gradient goes through.
  const pass = stopGradient(() => forward(projected, recurrentKernel, rows));
  return withGradient(projected, recurrentKernel, pass) as tf.Tensor2D;
}

/** The gates i, f, g, o, the memory and the output of each place beside each other, `[places × rows, 6 × hidden]`. */
function forward(projected: tf.Tensor2D, recurrentKernel: tf.Tensor2D, rows: number): tf.Tensor2D {
  const [hidden] = recurrentKernel.shape;
  let state: TokenState = [tf.zeros([rows, hidden]), tf.zeros([rows, hidden])];
  const places = tf.split(projected, projected.shape[0] / rows).map((input) => {
    const { i, f, g, o, memory, output } = lstmStep(input as tf.Tensor2D, state, recurrentKernel);
    state = [output, memory];
    return tf.concat([i, f, g, o, memory, output], 1);
  });
  return tf.concat(places) as tf.Tensor2D;
}

/** The gradient with respect to what goes into the gates, `[places × rows, 4 × hidden]`. All that does not depend on later places is found at once. */
function backward(
  { i, f, g, o, memory }: Readonly<Record<'i' | 'f' | 'g' | 'o' | 'memory', tf.Tensor2D>>,
  recurrentKernel: tf.Tensor2D,
  dy: tf.Tensor2D,
  rows: number,
): tf.Tensor2D {
  const count = dy.shape[0] / rows;
  const slope = (gate: tf.Tensor2D) => tf.mul(gate, tf.sub(1, gate));
  const seen = tf.tanh(memory);
  const byPlace = (tensor: tf.Tensor2D) => tf.split(tensor, count) as tf.Tensor2D[];
  // What the gradient of the memory (i, f, g) and that of the output (o) are multiplied with on their way to each gate.
  const toGates = byPlace(
    tf.concat(
      [tf.mul(g, slope(i)), tf.mul(delayed(memory, rows), slope(f)), tf.mul(i, tf.sub(1, tf.square(g))), tf.mul(seen, slope(o))],
      1,
    ) as tf.Tensor2D,
  );
  const toMemory = byPlace(tf.mul(o, tf.sub(1, tf.square(seen))));
  const kept = byPlace(f);
  const given = byPlace(dy);

  const gradients: tf.Tensor2D[] = [];
  let ofOutput = given[count - 1]!;
  let ofMemory = tf.mul(ofOutput, toMemory[count - 1]!) as tf.Tensor2D;
  for (let place = count - 1; place >= 0; place--) {
    const ofGates = tf.mul(tf.concat([ofMemory, ofMemory, ofMemory, ofOutput], 1), toGates[place]!) as tf.Tensor2D;
    gradients.unshift(ofGates);
    if (place === 0) break;
    ofOutput = tf.add(given[place - 1]!, tf.matMul(ofGates, recurrentKernel, false, true));
    ofMemory = tf.add(tf.mul(ofMemory, kept[place]!), tf.mul(ofOutput, toMemory[place - 1]!));
  }
  return tf.concat(gradients) as tf.Tensor2D;
}

/** What stood one place before, zeros at the first one. */
function delayed(tensor: tf.Tensor2D, rows: number): tf.Tensor2D {
  return tf.concat([tf.zeros([rows, tensor.shape[1]]), tf.slice(tensor, [0, 0], [tensor.shape[0] - rows, -1])]) as tf.Tensor2D;
}
