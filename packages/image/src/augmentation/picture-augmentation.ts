import type { Augmentation } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { changeColours } from './change-colours.js';
import type { Chance } from './chosen.js';
import { cutOut } from './cut-out.js';
import { movePictures } from './move-pictures.js';

const CHANGES: Readonly<Record<string, (pictures: tf.Tensor4D, chance: Chance) => tf.Tensor4D>> = {
  colour: changeColours,
  translation: movePictures,
  cutout: cutOut,
};

/** The changes of differentiable augmentation for pictures `[batch, height, width, channels]` in -1 … 1 (Zhao et al. 2020, arXiv 2006.10738). */
export const pictureAugmentation: Augmentation = {
  kinds: Object.keys(CHANGES),
  apply: (samples, { kinds, ...chance }) =>
    tf.tidy(() =>
      Object.entries(CHANGES)
        .filter(([kind]) => kinds.includes(kind))
        .reduce((pictures, [, change]) => change(pictures, chance), samples.clone() as tf.Tensor4D),
    ),
};
