import * as tf from '@tensorflow/tfjs';

/**
 * Collects figures of many steps inside the engine and reads them all at once: one read a report, however many steps it covers.
 *
 * Names are paths: `loss/generator`, `score/real`, `gradient/generator`.
 */
export class Meter {
  readonly #sums = new Map<string, { sum: tf.Tensor; count: number }>();

  /** Adds one figure of one step. Borrows the scalar. */
  add(name: string, value: tf.Tensor): void {
    // The first figure is added to something too, so that every step is the same to an engine that compiles steps.
    const { sum, count } = this.#sums.get(name) ?? { sum: tf.scalar(0), count: 0 };
    this.#sums.set(name, { sum: tf.keep(tf.add(sum, value)), count: count + 1 });
    sum.dispose();
  }

  /** The mean of each figure since the last reading, and starts anew. */
  async read(): Promise<Record<string, number>> {
    if (this.#sums.size === 0) return {};
    const stacked = tf.tidy(() => tf.stack([...this.#sums.values()].map(({ sum }) => sum.asScalar())));
    const values = await stacked.data();
    stacked.dispose();
    const means = [...this.#sums].map(([name, { count }], i) => [name, values[i]! / count] as const);
    this.dispose();
    return Object.fromEntries(means);
  }

  dispose(): void {
    for (const { sum } of this.#sums.values()) sum.dispose();
    this.#sums.clear();
  }
}
