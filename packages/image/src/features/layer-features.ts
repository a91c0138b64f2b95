import type { FeatureMatrix } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Pictures that are looked at at once. */
const PIECE = 64;
const GRID = 4;
/** What the layers are called whose maps are looked at. */
const ACTIVATIONS: readonly string[] = ['ReLU', 'LeakyReLU'];

/**
 * What all layers of a discriminator see in pictures: each map after an activation, its maximum in each cell of a 4×4 grid, all in one row (Radford et al.
 * 2015, arXiv 1511.06434, section 5.1). A linear classifier of these, such as `linearSvm`, tells how much of the pictures the discriminator has learnt
 * without any label.
 *
 * @param discriminator of a model without classes, or one that names them; borrowed
 * @param pictures `[batch, size, size, channels]` in -1 … 1; borrowed
 * @throws if the discriminator takes more than pictures
 */
export async function layerFeatures(discriminator: tf.LayersModel, pictures: tf.Tensor): Promise<FeatureMatrix> {
  if (discriminator.inputs.length !== 1) {
    throw new Error(
      `layerFeatures: expected a discriminator that is told nothing beside the pictures, got one of ${discriminator.inputs.length} inputs; train a model without classes`,
    );
  }
  const outputs = discriminator.layers
    .filter((layer) => ACTIVATIONS.includes(layer.getClassName()) && layer.outputShape.length === 4)
    .map((layer) => layer.output as tf.SymbolicTensor);
  // A view of the network: it shares the layers and is not disposed of.
  const maps = tf.model({ inputs: discriminator.inputs, outputs });
  const rows = pictures.shape[0]!;
  const columns = outputs.reduce((sum, { shape }) => sum + GRID * GRID * shape[3]!, 0);
  const values = new Float32Array(rows * columns);
  for (let from = 0; from < rows; from += PIECE) {
    const piece = tf.tidy(() => {
      const some = pictures.slice(from, Math.min(PIECE, rows - from));
      const seen = maps.predict(some) as tf.Tensor4D | tf.Tensor4D[];
      return tf.concat(
        (Array.isArray(seen) ? seen : [seen]).map((map) => gridMaxima(map).reshape([some.shape[0]!, -1])),
        1,
      );
    });
    values.set((await piece.data()) as Float32Array, from * columns);
    piece.dispose();
  }
  return { values, rows, columns };
}

/** The maximum in each cell of a grid, `[batch, height, width, channels]` to `[batch, 4, 4, channels]`; cells overlap where sides are no multiples. */
function gridMaxima(map: tf.Tensor4D): tf.Tensor4D {
  const along = (input: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D => {
    const side = input.shape[axis];
    const cells = Array.from({ length: GRID }, (_, i) => {
      const from = Math.floor((i * side) / GRID);
      const size = Math.ceil(((i + 1) * side) / GRID) - from;
      const begin = [0, 0, 0, 0].map((_, other) => (other === axis ? from : 0));
      const sizes = input.shape.map((all, other) => (other === axis ? size : all));
      return tf.max(input.slice(begin as [number], sizes as [number]), axis, true);
    });
    return tf.concat(cells, axis) as tf.Tensor4D;
  };
  return along(along(map, 1), 2);
}
