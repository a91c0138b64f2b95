import * as tf from '@tensorflow/tfjs';

type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** What stands under each place of a filter wherever it is laid: for each place, row by row, `[batch, outHeight, outWidth, channels]`. */
export function underEachPlace(x: tf.Tensor, info: ConvInfo): tf.Tensor4D[] {
  const { top, bottom, left, right } = info.padInfo;
  const padded = tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]) as tf.Tensor4D;
  return places(info).map(([row, column]) => {
    const end = [row + (info.outHeight - 1) * info.strideHeight + 1, column + (info.outWidth - 1) * info.strideWidth + 1];
    const strides = [1, info.strideHeight, info.strideWidth, 1];
    return tf.stridedSlice(padded, [0, row, column, 0], [padded.shape[0], ...end, padded.shape[3]], strides) as tf.Tensor4D;
  });
}

/** The transpose of {@link underEachPlace}: the sum of what comes from each place, put where it stood. `[batch, inHeight, inWidth, channels]`. */
export function sumOfPlaces(pieces: readonly tf.Tensor4D[], info: ConvInfo): tf.Tensor4D {
  const { top, bottom, left, right } = info.padInfo;
  const [outHeight, outWidth] = [info.outHeight * info.strideHeight, info.outWidth * info.strideWidth];
  const all = places(info);
  const [lastRow, lastColumn] = all.at(-1)!;
  const height = Math.max(info.inHeight + top + bottom, outHeight + lastRow);
  const width = Math.max(info.inWidth + left + right, outWidth + lastColumn);
  const spread = all.map(([row, column], place) =>
    tf.pad(withGaps(pieces[place]!, info), [
      [0, 0],
      [row, height - outHeight - row],
      [column, width - outWidth - column],
      [0, 0],
    ]),
  );
  return tf.slice(tf.addN(spread), [0, top, left, 0], [-1, info.inHeight, info.inWidth, -1]) as tf.Tensor4D;
}

/** Rows and columns of zeros after each one, as many as the stride leaves out. */
function withGaps(piece: tf.Tensor4D, { strideHeight, strideWidth }: ConvInfo): tf.Tensor4D {
  const [batch, height, width, channels] = piece.shape;
  const gap = (stride: number): [number, number][] => [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ];
  const rows = tf.pad(tf.reshape(piece, [batch * height, 1, width * channels]), gap(strideHeight));
  const columns = tf.pad(tf.reshape(rows, [-1, 1, channels]), gap(strideWidth));
  return tf.reshape(columns, [batch, height * strideHeight, width * strideWidth, channels]);
}

/** Row and column of each place of the filter, counted from its first. */
function places({ filterHeight, filterWidth }: ConvInfo): [number, number][] {
  return Array.from({ length: filterHeight * filterWidth }, (_, place) => [Math.floor(place / filterWidth), place % filterWidth]);
}
