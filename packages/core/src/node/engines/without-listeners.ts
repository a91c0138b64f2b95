/** Events whose default handling ends a program with a readable message. */
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Removes the listeners for errors that nobody catches which `start` adds to the process. The WebAssembly backend's throw such errors again, so that
 * the terminal shows its minified source, all of it, above a mistake that has nothing to do with it.
 */
export async function withoutListeners<T>(start: () => T | Promise<T>): Promise<T> {
  const before = new Set(EVENTS.flatMap(listeners));
  try {
    return await start();
  } finally {
    for (const event of EVENTS)
      for (const listener of listeners(event)) if (!before.has(listener)) process.removeListener(event, listener);
  }
}

function listeners(event: string): ((...values: unknown[]) => void)[] {
  return process.listeners(event as 'exit') as ((...values: unknown[]) => void)[];
}
