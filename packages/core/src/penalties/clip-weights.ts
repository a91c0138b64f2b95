import * as tf from '@tensorflow/tfjs';

/**
 * Forces every weight into -limit … limit, after an update of the critic (Arjovsky et al. 2017, arXiv 1701.07875, algorithm 1, where the limit
 * is 0.01).
 *
 * @param variables changed in place
 */
export function clipWeights(variables: readonly tf.Variable[], limit: number): void {
  tf.tidy(() => {
    for (const variable of variables) variable.assign(tf.clipByValue(variable, -limit, limit));
  });
}
