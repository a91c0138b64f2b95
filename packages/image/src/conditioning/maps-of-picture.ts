import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** What {@link mapsOfPicture} is built from. */
export interface MapsOfPictureShape {
  /** Channels of the first map; each smaller one has twice as many, up to eight times. */
  readonly width: number;
  /** The side of the smallest map. */
  readonly smallest: number;
}

/**
 * What a generator looks at of the picture that it makes another from, wherever it makes a map of the same side: maps of the picture by their sides, from its own size by
 * halves to the smallest, each made from the one before (the encoder and the skips of a U-Net, 1611.07004, section 3.2).
 */
export function mapsOfPicture(
  picture: tf.SymbolicTensor,
  { width, smallest }: MapsOfPictureShape,
  random: Random,
): ReadonlyMap<number, tf.SymbolicTensor> {
  const layer = (map: tf.SymbolicTensor, filters: number, strides: 1 | 2) => {
    const kernelInitializer = tf.initializers.heNormal({ seed: random.integer(2 ** 31) });
    const convolution = tf.layers.conv2d({
      filters,
      kernelSize: strides === 2 ? 4 : 3,
      strides,
      padding: 'same',
      kernelInitializer,
    });
    return tf.layers.leakyReLU({ alpha: 0.2 }).apply(convolution.apply(map)) as tf.SymbolicTensor;
  };
  const size = picture.shape[1]!;
  const maps = new Map([[size, layer(picture, width, 1)]]);
  for (let side = size; side > smallest; side /= 2) {
    const filters = width * Math.min(8, (2 * size) / side);
    maps.set(side / 2, layer(maps.get(side)!, filters, 2));
  }
  return maps;
}

/** A map beside what there is to see of the picture at its side, where there is one. */
export function besidePicture(
  map: tf.SymbolicTensor,
  maps: ReadonlyMap<number, tf.SymbolicTensor> | undefined,
): tf.SymbolicTensor {
  const seen = maps?.get(map.shape[1]!);
  return seen ? (tf.layers.concatenate().apply([map, seen]) as tf.SymbolicTensor) : map;
}
