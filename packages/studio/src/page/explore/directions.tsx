import { moved } from '../engine/latent-parts.js';
import type { Sample } from '../engine/sample.js';
import { download } from '../parts/download.js';
import { SampleView } from '../parts/sample-view.js';
import { Slider } from '../parts/slider.js';
import { Trouble } from '../parts/trouble.js';
import { useLatest } from '../parts/use-latest.js';
import { labelOf } from './drawing.js';
import { useDirections, usePoints } from './use-points.js';
import type { SpaceProps } from './view-props.js';

/** How far a slider goes, in units of the latent space. */
const REACH = 4;

/** The chosen sample, moved along the directions in which samples change most. */
export function Directions({ model, space, drawing, place, go }: SpaceProps) {
  const points = usePoints(space, drawing);
  const directions = useDirections(space);
  const far = (place.d ?? '').split(',').map((text) => Math.min(REACH, Math.max(-REACH, Number(text) || 0)));
  const base = points.value?.[drawing.at];
  const made = useLatest<Sample>(
    base &&
      (async (give) => {
        const label = labelOf(model, drawing, drawing.at);
        const [sample] = await space.generate(
          [moved(base, directions.value ?? [], far)],
          label === undefined ? undefined : [label],
        );
        give(sample!);
      }),
    [base, directions.value, place.d, drawing.label],
  );
  const set = (index: number, value: number) => {
    const next = Array.from({ length: directions.value!.length }, (_, i) => (i === index ? value : (far[i] ?? 0)));
    go({ d: next.every((each) => each === 0) ? undefined : next.map((each) => Number(each.toFixed(2))).join(',') });
  };
  const name = `sample ${drawing.at + 1}, moved`;
  return (
    <div class="beside">
      <div>
        {made.value && <SampleView sample={made.value} label={name} large />}
        {made.value && (
          <div class="row actions">
            <button type="button" onClick={() => download(made.value!, `seed-${drawing.seed}-sample-${drawing.at + 1}-moved`)}>
              Save
            </button>
            <button type="button" onClick={() => go({ d: undefined })}>
              Back to the middle
            </button>
          </div>
        )}
      </div>
      <div>
        <h2>Where samples change most</h2>
        <Trouble of={directions} doing="Looking for directions" />
        {directions.value?.map((_, i) => (
          <Slider
            key={i}
            label={`Direction ${i + 1}`}
            value={far[i] ?? 0}
            min={-REACH}
            max={REACH}
            step={0.1}
            onChange={(value) => set(i, value)}
          />
        ))}
      </div>
    </div>
  );
}
