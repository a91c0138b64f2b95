import { waveformPicture } from '@polygan/audio';
import { moved } from '../engine/latent-parts.js';
import type { Sample } from '../engine/sample.js';
import { download } from '../parts/download.js';
import { PictureCanvas } from '../parts/picture-canvas.js';
import { SampleView } from '../parts/sample-view.js';
import { Slider } from '../parts/slider.js';
import { Trouble } from '../parts/trouble.js';
import { useLatest } from '../parts/use-latest.js';
import { numberIn } from '../place.js';
import { labelOf } from './drawing.js';
import { useDirections, usePoints } from './use-points.js';
import type { SpaceProps } from './view-props.js';

/** Places on each side of the middle one. */
const SIDE = 2;
const FARTHEST = 100;
/** Which key walks where, in places to the right and up. */
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A map that one can walk over: the plane through the chosen sample that the two strongest directions span. */
export function LatentMap({ model, space, drawing, place, go }: SpaceProps) {
  const points = usePoints(space, drawing);
  const directions = useDirections(space);
  const [x, y] = [numberIn(place.x, 0, -FARTHEST, FARTHEST), numberIn(place.y, 0, -FARTHEST, FARTHEST)];
  const pace = numberIn(place.pace, 0.8, 0.1, 2);
  const base = points.value?.[drawing.at];
  const label = labelOf(model, drawing, drawing.at);
  const places = Array.from(
    { length: (2 * SIDE + 1) ** 2 },
    (_, i) => [(i % (2 * SIDE + 1)) - SIDE, SIDE - Math.floor(i / (2 * SIDE + 1))] as const,
  );
  const tiles = useLatest<readonly Sample[]>(
    base &&
      directions.value &&
      (async (give) => {
        const plane = directions.value!.slice(0, 2);
        const rows = places.map(([right, up]) => moved(base, plane, [x + right * pace, y + up * pace]));
        give(await space.generate(rows, label === undefined ? undefined : rows.map(() => label), 'seen'));
      }),
    [base, directions.value, x, y, pace, label],
  );
  const walk = (right: number, up: number) =>
    go({ x: String(Number((x + right * pace).toFixed(2))), y: String(Number((y + up * pace).toFixed(2))) });
  const here = useLatest<Sample>(
    base &&
      directions.value &&
      (async (give) => {
        const [sample] = await space.generate(
          [moved(base, directions.value!.slice(0, 2), [x, y])],
          label === undefined ? undefined : [label],
        );
        give(sample!);
      }),
    [base, directions.value, x, y, label],
  );
  const middle = here.value;
  return (
    <div class="beside">
      <div>
        <p id="map-help">Walk with the arrow keys, or choose a place to go there.</p>
        <Trouble of={directions.busy || directions.error ? directions : tiles} doing="Drawing the map" />
        <ul
          class="map"
          aria-describedby="map-help"
          aria-label={`Map around ${x.toFixed(1)}, ${y.toFixed(1)}`}
          onKeyDown={(event) => {
            const step = KEYS[event.key];
            if (!step) return;
            event.preventDefault();
            walk(...step);
          }}
        >
          {tiles.value?.map((sample, i) => {
            const [right, up] = places[i]!;
            const isMiddle = right === 0 && up === 0;
            return (
              <li key={i}>
                <button
                  type="button"
                  class={isMiddle ? 'tile middle' : 'tile'}
                  aria-label={`${isMiddle ? 'The middle of the map' : `Go ${right} to the right and ${up} up`}${wordsOf(sample)}`}
                  // The middle is where one stands, and what arrow keys walk from.
                  tabIndex={isMiddle ? 0 : -1}
                  onClick={() => walk(right, up)}
                >
                  <Tile sample={sample} />
                </button>
              </li>
            );
          })}
        </ul>
        <Slider label="Pace" value={pace} min={0.1} max={2} step={0.1} onChange={(value) => go({ pace: String(value) })} />
      </div>
      <div>
        <h2>Where you stand</h2>
        {middle && <SampleView sample={middle} label="the middle of the map" large />}
        <div class="row actions">
          <button type="button" onClick={() => middle && download(middle, `seed-${drawing.seed}-map-${x}-${y}`)}>
            Save
          </button>
          <button type="button" onClick={() => go({ x: undefined, y: undefined })}>
            Back to the sample
          </button>
        </div>
      </div>
    </div>
  );
}

/** What stands on a tile that shows words. */
function wordsOf([form]: Sample): string {
  return form?.kind === 'text' ? `: ${form.text}` : '';
}

/** What is seen of a thing on a map. */
function Tile({ sample }: { readonly sample: Sample }) {
  const form = sample[0]!;
  if (form.kind === 'text') return <span>{form.text}</span>;
  const picture = form.kind === 'image' ? form.picture : waveformPicture(form.sound, { width: 48, height: 32 });
  return <PictureCanvas picture={picture} label="" />;
}
