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
    const entry = this.#sums.get(name);
    if (!entry) {
      this.#sums.set(name, { sum: tf.keep(value.clone()), count: 1 });
      return;
    }
    const sum = tf.keep(tf.add(entry.sum, value));
    entry.sum.dispose();
    this.#sums.set(name, { sum, count: entry.count + 1 });
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
