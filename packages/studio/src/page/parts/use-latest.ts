import { useEffect, useRef, useState } from 'preact/hooks';

/** What is known of something that takes time. */
export interface Latest<T> {
  readonly value?: T | undefined;
  readonly error?: string | undefined;
  readonly busy: boolean;
}

/** Gives what is there so far, and says whether it is still wanted. */
export type Give<T> = (value: T) => boolean;

/**
 * Does something whenever what it depends on changes, one at a time: of what was asked for meanwhile only the last is done. What was there stays until something
 * newer is.
 */
export function useLatest<T>(work: ((give: Give<T>) => Promise<void>) | undefined, reasons: readonly unknown[]): Latest<T> {
  const [latest, setLatest] = useState<Latest<T>>({ busy: work !== undefined });
  const queue = useRef<{ running: boolean; next: (() => Promise<void>) | undefined }>({ running: false, next: undefined });
  const current = useRef(0);
  useEffect(() => {
    const turn = ++current.current;
    if (!work) return;
    setLatest((before) => ({ ...before, busy: true }));
    queue.current.next = async () => {
      const isWanted = () => current.current === turn;
      const give: Give<T> = (value) => {
        if (isWanted()) setLatest({ value, busy: true });
        return isWanted();
      };
      try {
        await work(give);
        if (isWanted()) setLatest(({ value }) => ({ value, busy: false }));
      } catch (error) {
        if (isWanted()) setLatest({ error: (error as Error).message, busy: false });
      }
    };
    const runAll = async () => {
      if (queue.current.running) return;
      queue.current.running = true;
      while (queue.current.next) {
        const { next } = queue.current;
        queue.current.next = undefined;
        await next();
      }
      queue.current.running = false;
    };
    runAll();
  }, reasons);
  useEffect(
    () => () => {
      current.current = -1;
    },
    [],
  );
  return latest;
}
