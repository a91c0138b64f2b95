import type { Latest } from './use-latest.js';

/** Says that something takes time, or what went wrong; takes no room where there is nothing to say. */
export function Trouble({ of: { busy, error }, doing }: { readonly of: Latest<unknown>; readonly doing: string }) {
  if (error !== undefined)
    return (
      <p class="problem" role="alert">
        {error}
      </p>
    );
  return (
    <p class="busy" role="status">
      {busy ? `${doing}…` : ''}
    </p>
  );
}
