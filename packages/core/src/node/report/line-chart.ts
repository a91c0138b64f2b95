import { type Html, html } from './html.js';

/** One line of a chart. */
export interface Series {
  readonly name: string;
  /** Places along both axes, in ascending order of `x`. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A place on the axis of steps where something begins. */
export interface Mark {
  readonly x: number;
  readonly name: string;
}

const WIDTH = 560;
const HEIGHT = 220;
/** So many lines have colours of their own. */
const COLOURS = 6;
const MARGIN = { left: 52, right: 10, top: 10, bottom: 26 };
const PLOT = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
/** More points than this on a line only make the file larger; zoomed in, as many are good to have. */
const MAX_POINTS = 500;

/**
 * Lines over a common axis of training steps, as SVG in HTML: a caption with the newest values, and the picture.
 *
 * Colours come from the classes `line-0`, `line-1`, … What lies within the axes is an inner picture of its own, with the ranges of both axes in
 * attributes: from them {@link CHART_SCRIPT} zooms.
 *
 * @param marks drawn where they lie within the chart
 */
export function lineChart(title: string, series: readonly Series[], marks: readonly Mark[] = []): Html {
  const lines = series.map(({ name, points }) => ({ name, points: thinned(points), last: points.at(-1)! }));
  const xs = series.flatMap(({ points }) => [points[0]!.x, points.at(-1)!.x]);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const { low, high, cut } = valueRange(lines.flatMap(({ points }) => points.map(({ y }) => y)));

  const toX = (x: number) => ((x - left) / (right - left || 1)) * PLOT.width;
  const toY = (y: number) => ((high - y) / (high - low)) * PLOT.height;
  const path = (points: Series['points']) =>
    points
      .map(({ x, y }, i) => `${i ? 'L' : 'M'}${toX(x).toFixed(1)} ${toY(Math.min(high, Math.max(low, y))).toFixed(1)}`)
      .join('');
  const label = `${title} over ${left} to ${right} steps; newest values: ${lines.map(({ name, last }) => `${name} ${figure(last.y)}`).join(', ')}`;

  return html`<figure class="chart">
<figcaption><b>${title}</b>${lines.map(({ name, last }, i) => html` <span class="key line-${i % COLOURS}"><i></i>${name === title ? undefined : `${name} `}<span class="value">${figure(last.y)}</span></span>`)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
<g class="rows" text-anchor="end">${ticks(low, high, 5).map(
    (y) =>
      html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${(MARGIN.top + toY(y)).toFixed(1)}" y2="${(MARGIN.top + toY(y)).toFixed(1)}"/><text x="${MARGIN.left - 6}" y="${(MARGIN.top + toY(y) + 4).toFixed(1)}">${figure(y)}</text>`,
  )}</g>
<g class="steps" text-anchor="middle">${ticks(left, right, 5).map((x) => html`<text x="${(MARGIN.left + toX(x)).toFixed(1)}" y="${HEIGHT - 6}">${figure(x)}</text>`)}</g>
<svg class="plot" x="${MARGIN.left}" y="${MARGIN.top}" width="${PLOT.width}" height="${PLOT.height}" data-left="${left}" data-right="${right}" data-low="${low}" data-high="${high}">
<g>
${marks
  .filter(({ x }) => x >= left && x <= right)
  .map(
    ({ x, name }) =>
      html`<line class="mark" x1="${toX(x).toFixed(1)}" x2="${toX(x).toFixed(1)}" y1="0" y2="${PLOT.height}"/><text class="mark" x="${(toX(x) + 4).toFixed(1)}" y="10">${name}</text>`,
  )}
${lines.map(({ points }, i) =>
  points.length === 1
    ? html`<circle class="line-${i % COLOURS}" cx="${toX(points[0]!.x)}" cy="${toY(points[0]!.y)}" r="3"/>`
    : html`<path class="line-${i % COLOURS}" d="${path(points)}"/>`,
)}
</g>
</svg>
</svg>${cut ? html`<p class="note">A few values lie outside of the picture.</p>` : undefined}
</figure>`;
}

/** A number as people read it: three significant digits, large ones in full, tiny ones with an exponent. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** Means of neighbouring points, so that at most {@link MAX_POINTS} stay. */
function thinned(points: Series['points']): Series['points'] {
  const group = Math.ceil(points.length / MAX_POINTS);
  if (group === 1) return points;
  return Array.from({ length: Math.ceil(points.length / group) }, (_, i) => {
    const members = points.slice(i * group, (i + 1) * group);
    return { x: members.at(-1)!.x, y: members.reduce((sum, { y }) => sum + y, 0) / members.length };
  });
}

/** The range to draw: all of it, unless a few outliers would press the rest into a flat line. */
function valueRange(values: readonly number[]): { low: number; high: number; cut: boolean } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const inner = at(0.98) - at(0.02);
  const cut = inner > 0 && sorted.at(-1)! - sorted[0]! > 4 * inner;
  const [low, high] = cut ? [at(0.02), at(0.98)] : [sorted[0]!, sorted.at(-1)!];
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return { low: low - room, high: high + room, cut };
}

/** About `count` round numbers in a range. */
function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
