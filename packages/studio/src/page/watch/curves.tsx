import type { TrainReport } from '@polygan/core';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { figure } from './figures.js';

const HEIGHT = 220;
/** Colours that all kinds of eyes tell apart (Okabe and Ito), as they are on light ground and on dark. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b', '#56b4e9'];

interface Chart {
  readonly title: string;
  readonly lines: ReadonlyMap<string, readonly (number | null)[]>;
}

/** The curves of a training, one chart for metrics whose names begin alike. */
export function Curves({ reports }: { readonly reports: readonly TrainReport[] }) {
  const steps = reports.map(({ step }) => step);
  return (
    <section aria-label="Curves">
      <h2>Curves</h2>
      <div class="charts">
        {chartsOf(reports).map((chart) => (
          <LineChart key={`${chart.title} ${[...chart.lines.keys()]}`} chart={chart} steps={steps} />
        ))}
      </div>
    </section>
  );
}

function LineChart({ chart, steps }: { readonly chart: Chart; readonly steps: readonly number[] }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const names = [...chart.lines.keys()];
  const data = [steps, ...chart.lines.values()] as unknown as uPlot.AlignedData;
  useEffect(() => {
    const ground = place.current!;
    const ink = getComputedStyle(ground).color;
    const axis = { stroke: ink, grid: { stroke: 'rgba(128, 128, 128, 0.25)' }, ticks: { show: false } };
    plot.current = new uPlot(
      {
        width: ground.clientWidth,
        height: HEIGHT,
        scales: { x: { time: false } },
        axes: [axis, { ...axis, size: 60, values: (_, values) => values.map((value) => figure(value)) }],
        series: [
          { label: 'step' },
          ...names.map((label, i) => ({
            label,
            stroke: COLOURS[i % COLOURS.length]!,
            width: 1.5,
            points: { show: steps.length < 3 },
            value: (_: uPlot, value: number | null) => (value === null ? '–' : figure(value)),
          })),
        ],
      },
      data,
      ground,
    );
    const resizes = new ResizeObserver(() => plot.current!.setSize({ width: ground.clientWidth, height: HEIGHT }));
    resizes.observe(ground);
    return () => {
      resizes.disconnect();
      plot.current!.destroy();
    };
  }, []);
  useEffect(() => plot.current!.setData(data), [steps.length]);
  const newest = names.map((name) => {
    const value = chart.lines.get(name)!.at(-1);
    return `${name} ${value == null ? 'unknown' : figure(value)}`;
  });
  return (
    <figure>
      <figcaption>{chart.title}</figcaption>
      <div ref={place} role="img" aria-label={`${chart.title} over the steps; now ${newest.join(', ')}`} />
    </figure>
  );
}

function chartsOf(reports: readonly TrainReport[]): Chart[] {
  const charts = new Map<string, Map<string, (number | null)[]>>();
  reports.forEach(({ metrics, samplesPerSecond }, i) => {
    for (const [name, value] of Object.entries({ ...metrics, 'samples a second': samplesPerSecond })) {
      const [title, line = title] = name.split(/\/(.*)/s) as [string, string?];
      const lines = charts.get(title) ?? new Map<string, (number | null)[]>();
      charts.set(title, lines);
      const values = lines.get(line) ?? reports.map(() => null);
      lines.set(line, values);
      values[i] = Number.isFinite(value) ? value : null;
    }
  });
  return [...charts].map(([title, lines]) => ({ title, lines }));
}
