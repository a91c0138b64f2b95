const NUMBERS = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** A number as people read it. */
export function figure(value: number): string {
  return NUMBERS.format(value);
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
