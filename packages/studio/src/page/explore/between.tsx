import { pointsBetween } from '../engine/latent-parts.js';
import type { Sample } from '../engine/sample.js';
import { download } from '../parts/download.js';
import { SampleView } from '../parts/sample-view.js';
import { Slider } from '../parts/slider.js';
import { Trouble } from '../parts/trouble.js';
import { useLatest } from '../parts/use-latest.js';
import { numberIn } from '../place.js';
import { labelOf } from './drawing.js';
import { usePoints } from './use-points.js';
import type { SpaceProps } from './view-props.js';

/** Samples on the way, both ends among them. */
const STEPS = 7;

/** The way from the chosen sample to another. */
export function Between({ model, space, drawing, place, go }: SpaceProps) {
  const { at, count, seed } = drawing;
  const to = Math.round(numberIn(place.to, (at + 1) % count, 0, count - 1));
  const share = numberIn(place.share, 0.5, 0, 1);
  const points = usePoints(space, drawing);
  const [from, end] = [points.value?.[at], points.value?.[to]];
  // A way stays in one class.
  const label = labelOf(model, drawing, at);
  const generate = async (fractions: readonly number[]) => {
    const between = await pointsBetween(space.latent, space.parts, [from!, end!], fractions);
    return space.generate(between, label === undefined ? undefined : between.map(() => label));
  };
  const way = useLatest<readonly Sample[]>(
    from &&
      end &&
      (async (give) => {
        give(await generate(Array.from({ length: STEPS }, (_, i) => i / (STEPS - 1))));
      }),
    [from, end, label],
  );
  const one = useLatest<Sample>(
    from &&
      end &&
      (async (give) => {
        const [sample] = await generate([share]);
        give(sample!);
      }),
    [from, end, label, share],
  );
  const choice = (name: string, value: number, change: (text: string) => void) => (
    <label>
      {name}{' '}
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {Array.from({ length: count }, (_, i) => (
          <option key={i} value={i}>
            {`sample ${i + 1}`}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <p class="row">
        {choice('From', at, (text) => go({ at: text }))} {choice('to', to, (text) => go({ to: text }))}
      </p>
      <div class="beside">
        <div>{one.value && <SampleView sample={one.value} label={`${Math.round(share * 100)} % of the way`} large />}</div>
        <div>
          <Slider
            label="How far along"
            value={share}
            min={0}
            max={1}
            step={0.01}
            onChange={(value) => go({ share: String(value) })}
          />
          <button type="button" onClick={() => one.value && download(one.value, `seed-${seed}-between-${at + 1}-${to + 1}`)}>
            Save
          </button>
        </div>
      </div>
      <Trouble of={way} doing="Walking" />
      <ol class="strip" aria-label="The way">
        {way.value?.map((sample, i) => (
          <li key={i}>
            <SampleView sample={sample} label={`step ${i + 1} of ${STEPS}`} />
          </li>
        ))}
      </ol>
    </>
  );
}
