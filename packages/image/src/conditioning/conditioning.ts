import { type GanOptions, OptionsError } from '@polygan/core';
import type { PictureChannels } from '../pictures.js';

/** The ways in which a discriminator has to do with classes. */
export const CONDITIONINGS = ['projection', 'auxiliary', 'concatenation'] as const;

/**
 * How a discriminator has to do with classes and attributes.
 *
 * - `projection`: how far its features lie along a direction of the class, or of the attributes, is added to the score (Miyato & Koyama 2018, arXiv 1802.05637, equation 3).
 * - `auxiliary`: it is not told the class but names it, and both networks are to make that right (ACGAN, Odena et al. 2016, arXiv 1610.09585). Attributes as by projection.
 * - `concatenation`: it sees the class beside the picture, as planes of ones and zeros (Mirza & Osindero 2014, arXiv 1411.1784), and attributes as planes of their values.
 */
export type Conditioning = (typeof CONDITIONINGS)[number];

/** What a picture is made under, beside a latent point: options of models of pictures. */
export interface ConditionOptions {
  /** How many classes the pictures are of, if the model is to be told them: samples can then be asked for by class. Default: none. */
  readonly classes?: number | undefined;
  /** How many real-valued attributes pictures have that the model is told, such as an angle or how wide a smile is; best of mean 0 and deviation 1. Default: none. */
  readonly attributes?: number | undefined;
  /** Channels of the picture, as large as its own, that each picture is made from: a sketch, a grey one. Default: it is made from none. */
  readonly fromChannels?: PictureChannels | undefined;
}

/**
 * How a model that makes pictures from others is trained beside its game: near the real one of each, and another for each point. What it does to colours of faces is in decision 18.
 */
export const FROM_PICTURES: GanOptions = { closeness: 10, variety: 1 };

/** Of what shape conditions are, for a latent space; undefined where there are none. */
export function conditionShape(
  model: string,
  { size, attributes, fromChannels }: ConditionOptions & { readonly size: number },
): readonly number[] | undefined {
  if (attributes && fromChannels) {
    throw new OptionsError(
      { where: model, path: 'fromChannels' },
      "'attributes' and 'fromChannels' cannot go together: leave one of them out",
    );
  }
  if (fromChannels) return [size, size, fromChannels];
  return attributes ? [attributes] : undefined;
}
