import * as tf from '@tensorflow/tfjs';

/** What tfjs hands to its kernel Conv2DBackpropInput, which is a transposed convolution. */
interface Inputs {
  /** What is given, `[batch, down, across, given]`. */
  readonly dy: tf.Tensor4D;
  /** `[rows, columns, channels, given]`. */
  readonly filter: tf.Tensor4D;
}

interface Attributes {
  /** Of the result, `[batch, height, width, channels]`. */
  readonly inputShape: [number, number, number, number];
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dataFormat: 'NHWC' | 'NCHW';
}

/**
 * Has an engine compute transposed convolutions by matrix products, which it is fast at. WebAssembly's own kernel goes from number to number: a second of sound takes
 * it more than a second. To be called once for an engine.
 */
export function speedUpTransposedConvolution(backendName: string): void {
  const slow = tf.getKernel('Conv2DBackpropInput', backendName);
  tf.unregisterKernel('Conv2DBackpropInput', backendName);
  tf.registerKernel({
    ...slow,
    kernelFunc: (call) => {
      const attributes = call.attrs as unknown as Attributes;
      if (attributes.dataFormat !== 'NHWC') return slow.kernelFunc(call);
      return transposedConvolution(call.inputs as unknown as Inputs, attributes);
    },
  });
}

/**
 * One product of the weights, as they lie, and of the given pixels says what each weight adds to the output. A weight `a` strides from the first one adds to outputs
 * `a` places further on, so its row is moved that far, and rows are summed. What is left are tiles of as many pixels as the stride, to be put beside each other.
 */
function transposedConvolution({ dy, filter }: Inputs, { inputShape, strides, pad, dimRoundingMode }: Attributes): tf.Tensor4D {
  const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const [batch, height, width, channels] = inputShape;
  const [rows, columns, , given] = filter.shape;
  const [, down, across] = dy.shape;
  // How many weights lie a stride from each other, and how many tiles they reach.
  const [tall, wide] = [Math.ceil(rows / strideHeight), Math.ceil(columns / strideWidth)];
  const tilesDown = Math.max(down + tall - 1, Math.ceil((padInfo.top + height) / strideHeight));
  const tilesAcross = Math.max(across + wide - 1, Math.ceil((padInfo.left + width) / strideWidth));
  const place = tilesDown * tilesAcross;
  return tf.tidy(() => {
    // Transposed beforehand: WebAssembly's product is slow where it has to transpose.
    const added = tf.matMul(tf.reshape(filter, [-1, given]), tf.transpose(tf.reshape(dy, [-1, given])));
    const weights = extended(
      tf.reshape(extended(tf.reshape(added, [rows, -1]), columns, wide * strideWidth), [1, -1]),
      rows,
      tall * strideHeight,
    );
    const placed = extended(
      tf.reshape(extended(tf.reshape(weights, [-1, across]), across, tilesAcross), [-1, down * tilesAcross]),
      down,
      tilesDown,
    );
    const alongRows = movedAndSummed(tf.reshape(placed, [tall * strideHeight, wide, -1]), 1);
    const tiles = movedAndSummed(tf.reshape(alongRows, [1, tall, -1]), tilesAcross);
    // From here on by transpositions of few axes, which are fast.
    const pixels = tf.transpose(tf.reshape(tiles, [-1, batch * place]));
    const lines = tf.transpose(
      tf.reshape(pixels, [batch * tilesDown, tilesAcross, strideHeight, strideWidth * channels]),
      [0, 2, 1, 3],
    );
    const whole = tf.reshape(lines, [batch, tilesDown * strideHeight, tilesAcross * strideWidth, channels]) as tf.Tensor4D;
    return tf.slice(whole, [0, padInfo.top, padInfo.left, 0], inputShape);
  });
}

/** Rows of `from` parts each, with zeros behind them as if they had `to` parts. */
function extended(rows: tf.Tensor, from: number, to: number): tf.Tensor {
  if (from === to) return rows;
  return tf.pad(rows, [
    [0, 0],
    [0, (rows.shape[1]! / from) * (to - from)],
  ]);
}

/** Rows `[group, row, place]`, row `i` moved by `i` times `far` places: written one after another, each as much longer. Summed to `[group, place]`. */
function movedAndSummed(rows: tf.Tensor, far: number): tf.Tensor {
  const [groups, count, length] = rows.shape as [number, number, number];
  if (count === 1) return tf.reshape(rows, [groups, length]);
  const longer = extended(tf.reshape(rows, [groups * count, length]), length, length + far);
  const moved = tf.slice(tf.reshape(longer, [groups, -1]), [0, 0], [groups, count * length]);
  return tf.sum(tf.reshape(moved, [groups, count, length]), 1);
}
