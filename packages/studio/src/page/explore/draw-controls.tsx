import { useId } from 'preact/hooks';
import type { DrawingModel } from '../engine/drawing-model.js';
import { ENGINES } from '../engine/start-engine.js';
import { Slider } from '../parts/slider.js';
import type { Go, Place } from '../place.js';
import { type Drawing, MOST } from './drawing.js';

interface Props {
  readonly model: DrawingModel;
  readonly drawing: Drawing;
  readonly engine: string;
  readonly place: Place;
  readonly go: Go;
}

/** How samples are drawn. */
export function DrawControls({ model, drawing, engine, go }: Props) {
  const { seed, count, truncation, temperature } = drawing;
  const id = useId();
  const another = () => {
    // Which seed comes next is no matter of reproducing anything; the address then says it.
    const [next] = crypto.getRandomValues(new Uint32Array(1));
    go({ seed: String(next! % 100_000), at: undefined });
  };
  return (
    <form class="controls" aria-label="How samples are drawn" onSubmit={(event) => event.preventDefault()}>
      <div class="field">
        <label for={`${id}-seed`}>Seed</label>
        <span class="row">
          <input
            id={`${id}-seed`}
            type="number"
            min="0"
            step="1"
            value={seed}
            onChange={(event) => go({ seed: event.currentTarget.value })}
          />
          <button type="button" onClick={another}>
            Another
          </button>
        </span>
      </div>
      <div class="field">
        <label for={`${id}-count`}>Samples</label>
        <input
          id={`${id}-count`}
          type="number"
          min="1"
          max={MOST}
          step="1"
          value={count}
          onChange={(event) => go({ n: event.currentTarget.value })}
        />
      </div>
      {model.classNames && (
        <div class="field">
          <label for={`${id}-class`}>Class</label>
          <select
            id={`${id}-class`}
            value={drawing.label === undefined ? '' : model.classNames[drawing.label]}
            onChange={(event) => go({ class: event.currentTarget.value })}
          >
            <option value="">in turn</option>
            {model.classNames.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {model.space?.truncates && (
        <Slider
          label="Truncation"
          value={truncation}
          min={0}
          max={1}
          step={0.05}
          onChange={(value) => go({ truncation: String(value) })}
        />
      )}
      {model.hasTemperature && (
        <Slider
          label="Temperature"
          value={temperature ?? 1}
          min={0}
          max={2}
          step={0.05}
          onChange={(value) => go({ temperature: String(value) })}
        />
      )}
      <div class="field">
        <label for={`${id}-engine`}>Engine</label>
        <select id={`${id}-engine`} value={engine} onChange={(event) => go({ engine: event.currentTarget.value })}>
          {ENGINES.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </form>
  );
}
