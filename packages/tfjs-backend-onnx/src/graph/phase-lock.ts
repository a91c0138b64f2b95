/** Kernels in a row that tell one place of a training loop from another. */
const TAIL = 12;
/** Without a place that it knows, recording goes on to this multiple of the bound. */
const PATIENCE = 4;

/**
 * Decides when recorded work is enough to run, if nothing is read or awaited.
 *
 * Cutting a training loop after a fixed number of nodes would cut it at another place each time, and each cut would be
 * another graph to compile. So the bound is a wish: past it, the cut waits for the kernels that came before the last cut.
 */
export class PhaseLock {
  readonly #recent: string[] = [];
  #cutAfter = '';

  constructor(private readonly bound: number) {}

  /** Tells the lock of a kernel; is it time to run what was recorded before it? */
  isDue(kernel: string, recordedNodes: number): boolean {
    let due = false;
    if (recordedNodes >= this.bound) {
      const tail = this.#recent.join();
      due = tail === this.#cutAfter || this.#cutAfter === '' || recordedNodes >= this.bound * PATIENCE;
      if (due) this.#cutAfter = tail;
    }
    if (this.#recent.push(kernel) > TAIL) this.#recent.shift();
    return due;
  }
}
