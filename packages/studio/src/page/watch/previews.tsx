import { useId, useState } from 'preact/hooks';
import type { RunDetails } from '../../run-summary.js';
import { fileOf } from '../ask.js';
import { useLatest } from '../parts/use-latest.js';
import { figure } from './figures.js';

/** Samples of the same latent points over time. */
export function Previews({ run }: { readonly run: RunDetails }) {
  const last = run.previews.length - 1;
  // Without a choice, always the newest.
  const [chosen, setChosen] = useState<number>();
  const at = Math.min(chosen ?? last, last);
  const { step, files } = run.previews[at]!;
  const id = useId();
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Samples after {figure(step)} steps</h2>
      {last > 0 && (
        <div class="slider">
          <label for={id}>Earlier and later</label>
          <output for={id}>{`step ${figure(step)}`}</output>
          <input
            id={id}
            type="range"
            min={0}
            max={last}
            step={1}
            value={at}
            aria-valuetext={`step ${step}`}
            onInput={(event) => {
              const value = Number(event.currentTarget.value);
              setChosen(value === last ? undefined : value);
            }}
          />
        </div>
      )}
      {[...files].sort(shownFirst).map((name) => (
        <PreviewFile key={name} address={fileOf(run.id, `samples/${name}`)} step={step} />
      ))}
    </section>
  );
}

function shownFirst(a: string, b: string): number {
  const order = ['png', 'wav', 'txt', 'html'];
  const place = (name: string) => order.indexOf(name.split('.').at(-1)!);
  return place(a) - place(b);
}

function PreviewFile({ address, step }: { readonly address: string; readonly step: number }) {
  const label = `Samples after ${step} steps`;
  if (address.endsWith('.png')) return <img class="preview" src={address} alt={label} />;
  // biome-ignore lint/a11y/useMediaCaption: there are no words in it to be written down
  if (address.endsWith('.wav')) return <audio controls src={address} aria-label={label} />;
  if (address.endsWith('.html')) return <iframe class="preview" src={address} title={label} sandbox="" />;
  return <TextFile address={address} />;
}

function TextFile({ address }: { readonly address: string }) {
  const text = useLatest<string>(
    async (give) => {
      give(await (await fetch(address)).text());
    },
    [address],
  );
  return <pre class="preview">{text.value ?? ''}</pre>;
}
