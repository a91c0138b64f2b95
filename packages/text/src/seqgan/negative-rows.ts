import { loadTensor, type State, storeTensors } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/**
 * The generated rows that a discriminator learns from: pieces of a batch each, drawn one by one as they are needed, and then shown again in the same order
 * until all passes are over. Owns the pieces.
 */
export class NegativeRows {
  readonly #pieces: number;
  readonly #passes: number;
  readonly #rows: tf.Tensor2D[] = [];
  #shown = 0;

  /**
   * @param pieces how many pieces are drawn before they are shown again
   * @param passes how often each piece is shown
   */
  constructor(pieces: number, passes: number) {
    this.#pieces = pieces;
    this.#passes = passes;
  }

  /** The next piece; `draw` makes it if it is a new one. Owned by this object. */
  next(draw: () => tf.Tensor2D): tf.Tensor2D {
    if (this.#shown === this.#pieces * this.#passes) this.clear();
    const place = this.#shown++ % this.#pieces;
    this.#rows[place] ??= this.#passes > 1 ? tf.keep(draw()) : draw();
    const piece = this.#rows[place]!;
    // A piece that is never shown again goes with the step that it was drawn in.
    if (this.#passes === 1) this.#rows.length = 0;
    return piece;
  }

  /** Forgets all pieces: the generator has changed. */
  clear(): void {
    tf.dispose(this.#rows);
    this.#rows.length = 0;
    this.#shown = 0;
  }

  async state(): Promise<State> {
    const tensors = await storeTensors(Object.fromEntries(this.#rows.map((rows, i) => [`${i}`, rows])));
    return { tensors, values: { shown: this.#shown } };
  }

  restore({ tensors, values }: State): void {
    this.clear();
    this.#shown = (values.shown as number | undefined) ?? 0;
    for (const [i, stored] of Object.entries(tensors)) this.#rows[Number(i)] = loadTensor(stored) as tf.Tensor2D;
  }
}
