import type { RunDetails } from '../../run-summary.js';
import { openRunModel } from '../engine/open-run-model.js';
import { startEngine } from '../engine/start-engine.js';
import { useLatest } from '../parts/use-latest.js';
import type { Go, Place } from '../place.js';
import { Between } from './between.js';
import { Directions } from './directions.js';
import { DrawControls } from './draw-controls.js';
import { drawingAt } from './drawing.js';
import { LatentMap } from './latent-map.js';
import { Samples } from './samples.js';

const MODES = { samples: 'Samples', directions: 'Directions', between: 'Between two', map: 'Map' } as const;
type Mode = keyof typeof MODES;

/** What a model makes, and its latent space: drawn, moved through, walked over. */
export function Explore({ run, place, go }: { readonly run: RunDetails; readonly place: Place; readonly go: Go }) {
  const opened = useLatest(
    async (give: (value: { engine: string; model: Awaited<ReturnType<typeof openRunModel>> }) => boolean) => {
      const engine = await startEngine(place.engine);
      give({ engine, model: await openRunModel(run) });
    },
    [run.id, run.modelStep, place.engine],
  );
  if (opened.error !== undefined)
    return (
      <p class="problem" role="alert">
        {opened.error}
      </p>
    );
  if (!opened.value) return <p role="status">Loading the model…</p>;
  const { model, engine } = opened.value;
  const drawing = drawingAt(place, model);
  const modes = (Object.keys(MODES) as Mode[]).filter((name) => name === 'samples' || model.space);
  const mode = modes.find((name) => name === place.mode) ?? 'samples';
  const shown = { model, drawing, place, go };
  return (
    <div class="explore">
      <DrawControls {...shown} engine={engine} />
      <section class="stage" aria-label={MODES[mode]}>
        {modes.length > 1 && (
          <nav class="modes" aria-label="Ways to explore">
            {modes.map((name) => (
              <button key={name} type="button" aria-pressed={name === mode} onClick={() => go({ mode: name })}>
                {MODES[name]}
              </button>
            ))}
          </nav>
        )}
        {mode === 'samples' && <Samples {...shown} />}
        {mode === 'directions' && <Directions {...shown} space={model.space!} />}
        {mode === 'between' && <Between {...shown} space={model.space!} />}
        {mode === 'map' && <LatentMap {...shown} space={model.space!} />}
      </section>
    </div>
  );
}
