import * as tf from '@tensorflow/tfjs';
import { binaryCrossEntropy } from './binary-cross-entropy.js';

/** The names of {@link adversarialLosses}. */
export type AdversarialLossName =
  | 'minimax'
  | 'nonSaturating'
  | 'leastSquares'
  | 'hinge'
  | 'wasserstein'
  | 'relativistic'
  | 'relativisticAverage'
  | 'logistic';

/**
 * What the discriminator is told to answer for real and for generated samples: 1 and 0 unless labels are smoothed or flipped.
 *
 * A number holds for the whole batch; a tensor has the shape of the scores, or one that broadcasts to it.
 */
export interface DiscriminatorTargets {
  readonly real: number | tf.Tensor;
  readonly fake: number | tf.Tensor;
}

/**
 * The two sides of an adversarial game, as functions of the discriminator's scores.
 *
 * Scores are logits (no sigmoid), of any shape: `[batch, 1]`, or `[batch, height, width, 1]` of a discriminator that judges patches. The
 * result is the mean over all scores, to be minimised. Scores are borrowed; the caller owns the result.
 */
export interface AdversarialLoss {
  /** Where the loss comes from. */
  readonly reference: string;
  /** Whether `discriminator` has labels that can be smoothed or flipped; the others ignore `targets`. */
  readonly hasTargets: boolean;
  /** Whether `generator` looks at the scores of real samples. */
  readonly isRelativistic: boolean;
  /** What the discriminator minimises. */
  readonly discriminator: (real: tf.Tensor, fake: tf.Tensor, targets?: DiscriminatorTargets) => tf.Scalar;
  /** What the generator minimises. Only the relativistic losses look at `real`. */
  readonly generator: (fake: tf.Tensor, real: tf.Tensor) => tf.Scalar;
}

const hardTargets: DiscriminatorTargets = { real: 1, fake: 0 };

/** -log D(x) - log(1 - D(G(z))), D being the sigmoid of the score. */
function crossEntropyDiscriminator(real: tf.Tensor, fake: tf.Tensor, targets = hardTargets): tf.Scalar {
  return tf.tidy(() => tf.add(binaryCrossEntropy(real, targets.real), binaryCrossEntropy(fake, targets.fake)));
}

const nonSaturating: AdversarialLoss = {
  reference: 'Goodfellow et al. 2014, arXiv 1406.2661, section 3: the generator maximises log D(G(z))',
  hasTargets: true,
  isRelativistic: false,
  discriminator: crossEntropyDiscriminator,
  generator: (fake) => binaryCrossEntropy(fake, 1),
};

/**
 * The adversarial losses by name.
 *
 * - `minimax`: the game as first written down; the generator's gradient fades while the discriminator wins.
 * - `nonSaturating`: the same discriminator, and a generator whose gradient is strongest there. The usual choice.
 * - `logistic`: what the StyleGAN papers call `nonSaturating`. Nothing differs.
 * - `leastSquares`: regression on the labels 1 and 0 (a = 0, b = c = 1 in the paper).
 * - `hinge`: stops pushing scores beyond a margin of 1; usual with spectral normalisation.
 * - `wasserstein`: the bare difference of means; needs a critic held Lipschitz by a penalty, by clipping or by its layers.
 * - `relativistic`: real more real than generated, pair by pair; both batches have the same size.
 * - `relativisticAverage`: real more real than the average generated sample, and the other way round.
 */
export const adversarialLosses: Readonly<Record<AdversarialLossName, AdversarialLoss>> = {
  minimax: {
    reference: 'Goodfellow et al. 2014, arXiv 1406.2661, equation 1',
    hasTargets: true,
    isRelativistic: false,
    discriminator: crossEntropyDiscriminator,
    // log(1 - sigmoid(x)) = -softplus(x)
    generator: (fake) => tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(tf.softplus(fake)))),
  },

  nonSaturating,

  leastSquares: {
    reference: 'Mao et al. 2016, arXiv 1611.04076, equation 9',
    hasTargets: true,
    isRelativistic: false,
    discriminator: (real, fake, targets = hardTargets) =>
      tf.tidy(() => tf.add<tf.Scalar>(halfMeanSquare(real, targets.real), halfMeanSquare(fake, targets.fake))),
    generator: (fake) => halfMeanSquare(fake, 1),
  },

  hinge: {
    reference: 'Lim and Ye 2017, arXiv 1705.02894; Miyato et al. 2018, arXiv 1802.05957, equations 16 and 17',
    hasTargets: false,
    isRelativistic: false,
    discriminator: (real, fake) =>
      tf.tidy(() => tf.add<tf.Scalar>(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake))))),
    generator: negativeMean,
  },

  wasserstein: {
    reference: 'Arjovsky et al. 2017, arXiv 1701.07875, equation 2 and algorithm 1',
    hasTargets: false,
    isRelativistic: false,
    discriminator: (real, fake) => tf.tidy(() => tf.sub(tf.mean(fake), tf.mean(real))),
    generator: negativeMean,
  },

  relativistic: {
    reference: 'Jolicoeur-Martineau 2018, arXiv 1807.00734, equations 5 and 6 (RSGAN)',
    hasTargets: false,
    isRelativistic: true,
    discriminator: (real, fake) => tf.tidy(() => tf.mean(tf.softplus(tf.sub(fake, real)))),
    generator: (fake, real) => tf.tidy(() => tf.mean(tf.softplus(tf.sub(real, fake)))),
  },

  relativisticAverage: {
    reference: 'Jolicoeur-Martineau 2018, arXiv 1807.00734, equations 7 and 8 (RaSGAN)',
    hasTargets: false,
    isRelativistic: true,
    discriminator: aboveAverage,
    generator: (fake, real) => aboveAverage(fake, real),
  },

  logistic: nonSaturating,
};

/** ½ mean (score - target)² */
function halfMeanSquare(scores: tf.Tensor, target: number | tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mul<tf.Scalar>(0.5, tf.mean(tf.square(tf.sub(scores, target)))));
}

function negativeMean(scores: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(scores)));
}

/** Small where the scores `above` lie over the mean of `below`, and the scores `below` under the mean of `above`. */
function aboveAverage(above: tf.Tensor, below: tf.Tensor): tf.Scalar {
  return tf.tidy(() =>
    tf.add<tf.Scalar>(tf.mean(tf.softplus(tf.sub(tf.mean(below), above))), tf.mean(tf.softplus(tf.sub(below, tf.mean(above))))),
  );
}
