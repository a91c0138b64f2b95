import type { TrainReport } from '../../training/report.js';
import type { DifferingOption } from '../run/differing-options.js';
import type { RunSummary } from '../run/run-summary.js';
import { duration, shellWord } from './as-text.js';
import { chartSection } from './chart-section.js';
import { metricLines } from './curves.js';
import { type Html, html } from './html.js';
import { figure, lineChart, type Series } from './line-chart.js';
import { pageShell } from './page-shell.js';
import type { Preview } from './previews.js';

/** One run of a comparison. */
export interface ComparedRun {
  /** What the page calls it. */
  readonly name: string;
  readonly summary: RunSummary;
  readonly reports: readonly TrainReport[];
  /** Its newest samples. */
  readonly preview: Preview | undefined;
}

/** Runs side by side as one page that asks for no other file. */
export function comparisonPage(runs: readonly ComparedRun[], differences: readonly DifferingOption[]): string {
  return pageShell(
    runs.map(({ name }) => name).join(' and '),
    html`<header><p class="brand">polygan</p><h1>${runs.map(({ name }) => name).join(' and ')}</h1></header>
<section><h2>At a glance</h2>${table(runs, 'At a glance', '', [
      ['Model', ({ summary }) => `${summary.model} (${summary.modality})`],
      ['Data', ({ summary }) => summary.data],
      ['State', ({ summary }) => summary.state],
      ['Steps', ({ summary }) => figure(summary.step)],
      ['Training time', ({ summary }) => duration(summary.minutes * 60)],
      ['Speed', ({ summary }) => `${figure(summary.samplesPerSecond)} samples/s`],
    ])}</section>
${scores(runs)}
${samples(runs)}
${overlaid(runs)}
<section><h2>Options that differ</h2>${
      differences.length === 0
        ? html`<p>None: these runs were asked for the same.</p>`
        : table(
            runs,
            'Options that differ',
            'Option',
            differences.map(({ name, values }) => [name, (_, i) => briefly(values[i])]),
          )
    }</section>
<section><h2>Where they are</h2><pre tabindex="0">${runs.map(({ summary }) => shellWord(summary.directory)).join('\n')}</pre></section>`,
  );
}

type Row = readonly [name: string, value: (run: ComparedRun, position: number) => string];

function table(runs: readonly ComparedRun[], label: string, corner: string, rows: readonly Row[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="sides"><thead><tr>${corner ? html`<th scope="col">${corner}</th>` : html`<td></td>`}${runs.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th>${runs.map((run, i) => html`<td>${value(run, i)}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** The scores that any of the runs has, with those of real samples. */
function scores(runs: readonly ComparedRun[]): Html | undefined {
  const all = runs.map(({ summary }) => summary.scores?.scores ?? []);
  const metrics = [...new Map(all.flat().map((score) => [score.metric, score])).values()];
  if (metrics.length === 0) return undefined;
  const of = (position: number, metric: string) => all[position]!.find((score) => score.metric === metric);
  return html`<section><h2>Scores</h2><p>In brackets what real samples get against other real samples.</p>${table(
    runs,
    'Scores',
    'Score',
    metrics.map(({ metric, title, better }) => [
      `${title} (${better} is better)`,
      (_, i) => {
        const score = of(i, metric);
        if (!score) return '–';
        return score.realValue === undefined ? figure(score.value) : `${figure(score.value)} (${figure(score.realValue)})`;
      },
    ]),
  )}</section>`;
}

function samples(runs: readonly ComparedRun[]): Html {
  return html`<section id="samples"><h2>Newest samples</h2><div class="beside">${runs.map(
    ({ name, preview }) =>
      html`<figure><figcaption><b>${name}</b>${preview && ` after ${figure(preview.step)} steps`}</figcaption>${preview?.content ?? html`<p>No samples yet.</p>`}</figure>`,
  )}</div></section>`;
}

/** A chart for each figure, with a line for each run that has it. */
function overlaid(runs: readonly ComparedRun[]): Html | undefined {
  const charts = new Map<string, Series[]>();
  for (const { name, reports } of runs) {
    for (const [chart, lines] of Object.entries(metricLines(reports))) {
      for (const line of lines) {
        const title = line.name === chart ? chart : `${chart}/${line.name}`;
        charts.set(title, [...(charts.get(title) ?? []), { name, points: line.points }]);
      }
    }
  }
  if (charts.size === 0) return undefined;
  const drawn = [...charts].map(([title, series]) => lineChart(title, series));
  return chartSection('Curves', 'Over the steps of training, all runs on common axes.', drawn);
}

/** Longer values, such as vocabularies, are cut. */
const LONGEST = 60;

function briefly(value: DifferingOption['values'][number]): string {
  if (value === undefined) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
