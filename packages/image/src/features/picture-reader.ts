import type { Random, SampleReader } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import type { PictureChannels } from '../pictures.js';
import { jitterPictures } from './jitter-pictures.js';
import { pictureFeatures } from './picture-features.js';

const WIDTH = 16;
/** The share of its side that a picture is moved by at the most. */
const SHIFT = 1 / 14;

/** How pictures are read by models that join them with other forms: as they are classified, wherever in the frame a thing is. */
export function pictureReader(
  shape: { readonly size: number; readonly channels: PictureChannels },
  random: Random,
): SampleReader {
  const jitter = { shift: Math.round(SHIFT * shape.size), flip: false };
  return {
    network: () => pictureFeatures({ ...shape, width: WIDTH }, random),
    vary: (pictures, random) => jitterPictures(pictures as tf.Tensor4D, random, jitter),
  };
}
