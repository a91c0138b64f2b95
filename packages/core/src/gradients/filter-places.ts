import * as tf from '@tensorflow/tfjs';

type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * What stands under each place of a filter wherever it is laid: for each place, row by row, `[batch, outHeight, outWidth, channels]`.
 *
 * Made of plain slices, since strided ones are slow on wasm: places whose rows and columns leave the same remainder by the stride read from
 * the same part of the input.
 */
export function underEachPlace(x: tf.Tensor, info: ConvInfo): tf.Tensor4D[] {
  const { outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  const height = lengthInStrides(info.inHeight + padInfo.top + padInfo.bottom, outHeight, info.filterHeight, strideHeight);
  const width = lengthInStrides(info.inWidth + padInfo.left + padInfo.right, outWidth, info.filterWidth, strideWidth);
  const padded = tf.pad(x, [
    [0, 0],
    [padInfo.top, height * strideHeight - info.inHeight - padInfo.top],
    [padInfo.left, width * strideWidth - info.inWidth - padInfo.left],
    [0, 0],
  ]);
  const [batch, , , channels] = padded.shape as [number, number, number, number];
  const rows = tf.reshape(padded, [batch * height, strideHeight, width * strideWidth * channels]);
  const parts = new Map<string, tf.Tensor4D>();
  const part = (row: number, column: number): tf.Tensor4D => {
    const known = parts.get(`${row} ${column}`);
    if (known) return known;
    const ofRow = tf.reshape(tf.slice(rows, [0, row, 0], [-1, 1, -1]), [batch * height * width, strideWidth, channels]);
    const made = tf.reshape(tf.slice(ofRow, [0, column, 0], [-1, 1, -1]), [batch, height, width, channels]) as tf.Tensor4D;
    parts.set(`${row} ${column}`, made);
    return made;
  };
  return places(info).map(([row, column]) =>
    tf.slice(
      part(row % strideHeight, column % strideWidth),
      [0, Math.floor(row / strideHeight), Math.floor(column / strideWidth), 0],
      [-1, outHeight, outWidth, -1],
    ),
  );
}

/** Strides that hold the input, and the last place of the filter wherever it is laid. */
function lengthInStrides(input: number, output: number, filter: number, stride: number): number {
  return Math.max(Math.ceil(input / stride), Math.floor((filter - 1) / stride) + output);
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
