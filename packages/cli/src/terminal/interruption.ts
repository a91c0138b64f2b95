/** What Ctrl-C does while a command works: the first asks it to stop, the second ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C back to the process. */
  dispose(): void;
}

/** Exit code of a command that Ctrl-C ended, as shells expect it. */
export const INTERRUPTED = 130;

/** @param onFirst told once, when the first Ctrl-C comes */
export function onInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    onFirst();
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
