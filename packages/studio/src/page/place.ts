import { useEffect, useState } from 'preact/hooks';

/** Where one is in the studio: what the address says after its question mark, so that it can be shared. */
export type Place = Readonly<Record<string, string | undefined>>;

/** Changes some of it; what is undefined goes. */
export type Go = (change: Place) => void;

/** The place in the page's address, which follows it. */
export function usePlace(): readonly [Place, Go] {
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const back = () => setPlace(read());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go: Go = (change) => {
    const before = read();
    const next = { ...before, ...change };
    const said = Object.entries(next).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
    const address = `?${new URLSearchParams(said)}`;
    // One goes back to another run or view, not through every place of a slider.
    if (next.run !== before.run || next.view !== before.view) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    setPlace(next);
  };
  return [place, go];
}

/** A number that a place says, within bounds. */
export function numberIn(text: string | undefined, fallback: number, least: number, most: number): number {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : fallback;
}

function read(): Place {
  return Object.fromEntries(new URLSearchParams(location.search));
}
