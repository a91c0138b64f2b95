import type { TrainReport } from '../../training/report.js';
import { chartSection } from './chart-section.js';
import type { Html } from './html.js';
import { lineChart, type Mark, type Series } from './line-chart.js';

/** The figures of a training over its steps: by chart, then by line. Those whose names begin alike, `loss/generator` and `loss/discriminator`, share a chart. */
export function metricLines(reports: readonly TrainReport[]): Readonly<Record<string, readonly Series[]>> {
  const charts: Record<string, Record<string, { x: number; y: number }[]>> = {};
  for (const { step, metrics, samplesPerSecond } of reports) {
    for (const [name, y] of Object.entries({ ...metrics, 'samples a second': samplesPerSecond })) {
      const [chart, line = chart] = name.split(/\/(.*)/s) as [string, string?];
      charts[chart] ??= {};
      charts[chart][line] ??= [];
      charts[chart][line].push({ x: step, y });
    }
  }
  const seriesOf = (lines: (typeof charts)[string]) => Object.entries(lines).map(([name, points]) => ({ name, points }));
  return Object.fromEntries(Object.entries(charts).map(([title, lines]) => [title, seriesOf(lines)]));
}

/** The curves of one training. */
export function curves(reports: readonly TrainReport[]): Html | undefined {
  const marks = stageMarks(reports);
  const drawn = Object.entries(metricLines(reports)).map(([title, series]) => lineChart(title, series, marks));
  if (drawn.length === 0) return undefined;
  return chartSection('Curves', 'Over the steps of training; each value is the mean since the report before.', drawn);
}

/** Where each stage of the training begins, for a training that has several. */
function stageMarks(reports: readonly TrainReport[]): Mark[] {
  const marks: Mark[] = [];
  for (const { step, stage } of reports)
    if (stage && stage.name !== marks.at(-1)?.name) marks.push({ x: step, name: stage.name });
  return marks.length > 1 ? marks : [];
}
