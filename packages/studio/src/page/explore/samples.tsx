import type { Sample } from '../engine/sample.js';
import { download } from '../parts/download.js';
import { SampleView } from '../parts/sample-view.js';
import { Trouble } from '../parts/trouble.js';
import { useLatest } from '../parts/use-latest.js';
import { classOf } from './drawing.js';
import type { ViewProps } from './view-props.js';

/** Samples of a seed, of which one can be chosen for the other ways to explore. */
export function Samples({ model, drawing, go }: ViewProps) {
  const { seed, count, truncation, temperature, label, at } = drawing;
  const drawn = useLatest<readonly Sample[]>(
    async (give) => {
      let all: Sample[] = [];
      for await (const piece of model.samples(count, { seed, truncation, temperature, label })) {
        all = [...all, ...piece];
        if (!give(all)) return;
        // Lets the browser show it before the next is made.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    [model, seed, count, truncation, temperature, label],
  );
  const samples = drawn.value ?? [];
  return (
    <>
      <Trouble of={drawn} doing="Drawing samples" />
      <ul class="grid" aria-label={`Samples of seed ${seed}`}>
        {samples.map((sample, i) => {
          const kind = classOf(model, drawing, i);
          const name = kind === undefined ? `sample ${i + 1}` : `sample ${i + 1}, class ${kind}`;
          return (
            <li key={i} class={i === at && model.space ? 'card chosen' : 'card'}>
              <SampleView sample={sample} label={name} />
              <div class="row actions">
                {model.space && (
                  <button
                    type="button"
                    aria-pressed={i === at}
                    aria-label={`${i === at ? 'Chosen' : 'Choose'} ${name}`}
                    onClick={() => go({ at: String(i), d: undefined })}
                  >
                    {i === at ? 'Chosen' : 'Choose'}
                  </button>
                )}
                <button
                  type="button"
                  aria-label={`Save ${name}`}
                  onClick={() => download(sample, `seed-${seed}-sample-${i + 1}`)}
                >
                  Save
                </button>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
