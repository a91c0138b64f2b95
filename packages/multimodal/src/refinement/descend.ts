import { Optimizer, optimizerSchema, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Points of a batch, in parts `[batch, dimensions]`: codes, private parts. */
export type Points = tf.Tensor2D[];

/** How badly each row of points fits, `[batch]`. Differentiable. */
export type Misfit = (points: Points) => tf.Tensor1D;

/** Points and how badly they fit. A type, not an interface, as only that is a tensor container to tfjs. */
type Judged = { readonly points: Points; readonly misfit: tf.Tensor1D };

/** What {@link descend} found. */
export interface Descent {
  readonly points: Points;
  /** How badly the best of the candidates fitted, and how badly the result does; mean over the batch. */
  readonly before: number;
  readonly after: number;
}

/**
 * Looks for points that fit better, row by row, by gradient descent (Adam) from the best of some candidates. The result is the best that was met on
 * the way, so no row fits worse than its best candidate did. Awaits every step, so that an engine that runs lazily has one step to run.
 *
 * @param candidates at least one; borrowed
 * @returns points that the caller owns
 */
export async function descend(
  candidates: readonly Points[],
  misfit: Misfit,
  { steps, learningRate }: { readonly steps: number; readonly learningRate: number },
): Promise<Descent> {
  const judge = (points: Points): Judged => ({ points: points.map((part) => part.clone()), misfit: misfit(points) });
  let best = tf.tidy(() => candidates.map(judge).reduce(nearer));
  const before = await meanOf(best);
  const variables = best.points.map((part) => tf.variable(part));
  const schedule = { from: learningRate, to: learningRate / 10, over: steps, shape: 'linear' };
  const defaults = optimizerSchema({ learningRate, beta1: 0.9, beta2: 0.999 });
  const optimizer = new Optimizer(variables, resolveOptions('descend', { learningRate: schedule }, defaults));
  const keep = async (next: Judged) => {
    tf.dispose(best);
    best = next;
    return meanOf(best);
  };
  try {
    for (let step = 0; step < steps; step++) {
      await keep(
        tf.tidy(() => {
          const here = variables.map((variable) => variable.clone() as tf.Tensor2D);
          let reached: tf.Tensor1D | undefined;
          const { grads } = tf.variableGrads(() => {
            reached = tf.keep(misfit(variables as unknown as Points));
            return tf.sum(reached) as tf.Scalar;
          }, variables);
          optimizer.apply(grads, step);
          const next = nearer(best, { points: here, misfit: reached! });
          reached!.dispose();
          return next;
        }),
      );
    }
    const after = await keep(tf.tidy(() => nearer(best, judge(variables as unknown as Points))));
    return { points: best.points, before, after };
  } catch (error) {
    tf.dispose(best.points);
    throw error;
  } finally {
    best.misfit.dispose();
    optimizer.dispose();
    tf.dispose(variables);
  }
}

/** Of each row the one that fits better. New tensors. */
function nearer(a: Judged, b: Judged): Judged {
  const isBetter = tf.less(b.misfit, a.misfit);
  const rows = tf.expandDims(isBetter, 1);
  return {
    points: a.points.map((part, i) => tf.where(rows, b.points[i]!, part)),
    misfit: tf.where(isBetter, b.misfit, a.misfit),
  };
}

async function meanOf({ misfit }: Judged): Promise<number> {
  const values = await misfit.data<'float32'>();
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
