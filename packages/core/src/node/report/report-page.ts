import path from 'node:path';
import type { TrainReport } from '../../training/report.js';
import type { RunRecord } from '../run/run.js';
import type { Exhibit } from './gallery.js';
import { Html, html } from './html.js';
import { figure, lineChart, type Mark, type Series } from './line-chart.js';
import type { Preview } from './previews.js';
import { REPORT_SCRIPT } from './report-script.js';
import { REPORT_STYLE } from './report-style.js';
import type { Scores } from './scores.js';

/** Everything that the page shows. */
export interface ReportContent {
  readonly directory: string;
  readonly record: RunRecord;
  readonly reports: readonly TrainReport[];
  readonly previews: readonly Preview[];
  readonly gallery: readonly Exhibit[];
  readonly scores: Scores | undefined;
}

/** The page as one text; it asks for no other file. */
export function reportPage(content: ReportContent): string {
  const { record, reports, previews, gallery, scores } = content;
  const title = `${record.model.kind} on ${path.basename(record.data.source)}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} · polygan</title>
<style>${new Html(REPORT_STYLE)}</style>
</head>
<body>
<main>
<header><p class="brand">polygan</p><h1>${title}</h1>${state(reports)}</header>
${facts(content)}
${warnings(reports)}
${previews.length > 0 ? samples(previews) : undefined}
${gallery.map(({ name, content }) => html`<section class="exhibit"><h2>${titled(name)}</h2>${content}</section>`)}
${scores && scoreTable(scores)}
${curves(reports)}
${asked(content)}
</main>
<script>${new Html(REPORT_SCRIPT)}</script>
</body>
</html>
`.text;
}

const STOPPED = { steps: 'all steps are done', minutes: 'the time is over', metric: 'the metric is good enough' };

function state(reports: readonly TrainReport[]): Html {
  const last = reports.at(-1);
  if (!last) return html`<p>No report yet: the training has just begun.</p>`;
  if (last.stopped) return html`<p>Finished: ${STOPPED[last.stopped]}.</p>`;
  return html`<p>As of step ${figure(last.step)}, ${Math.round(last.progress * 100)} % of the way. Load this page again to see more.</p>`;
}

function facts({ record, reports }: ReportContent): Html {
  const last = reports.at(-1);
  const classes = record.data.classNames ? `, ${record.data.classNames.length} classes` : '';
  const shown: readonly (readonly [string, string])[] = [
    ['Steps', figure(last?.step ?? 0)],
    ['Samples seen', figure(last?.samplesSeen ?? 0)],
    ['Training time', duration(last?.seconds ?? 0)],
    ['Speed', `${figure(last?.samplesPerSecond ?? 0)} samples/s`],
    ['Engine', record.engine],
    ['Data', `${figure(record.data.size)} samples${classes}`],
  ];
  return html`<dl class="facts">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function warnings(reports: readonly TrainReport[]): Html | undefined {
  const met = new Map<string, { message: string; steps: number[] }>();
  for (const { step, warnings } of reports) {
    for (const { cause, message } of warnings) met.set(cause, { message, steps: [...(met.get(cause)?.steps ?? []), step] });
  }
  if (met.size === 0) return undefined;
  return html`<section class="warnings"><h2>Warnings</h2><ul>${[...met].map(
    ([cause, { message, steps }]) =>
      html`<li><b>${cause}</b>, at step ${steps.slice(0, 5).map(figure).join(', ')}${steps.length > 5 ? ' and later' : ''}: ${message}</li>`,
  )}</ul></section>`;
}

function samples(previews: readonly Preview[]): Html {
  const last = previews.length - 1;
  return html`<section id="samples"><h2>Samples over time</h2>
<p>Always from the same random numbers, so that one sees how each sample changes.</p>
${
  last > 0
    ? html`<p class="slider"><label for="step">After <output for="step">${figure(previews[last]!.step)}</output> steps</label>
<input id="step" type="range" min="0" max="${last}" value="${last}" step="1" aria-valuetext="${previews[last]!.step} steps"></p>`
    : undefined
}
${previews.map(({ step, content }, i) => html`<figure data-step="${step}"${i === last ? undefined : html` class="earlier"`}>${content}<figcaption>After ${figure(step)} steps</figcaption></figure>`)}
</section>`;
}

function scoreTable({ step, features, realSamples, scores }: Scores): Html {
  return html`<section><h2>Scores</h2>
<p>${figure(scores[0]?.fake ?? 0)} samples made after ${figure(step)} steps, compared with ${realSamples} by ${features}. The column “real” holds real samples against other real samples: nothing can be expected to be better.</p>
<div class="scroll"><table><thead><tr><th scope="col">Score</th><th scope="col">generated</th><th scope="col">real</th><th scope="col">better</th></tr></thead>
<tbody>${scores.map(
    ({ title, meaning, value, realValue, better }) =>
      html`<tr><th scope="row">${title}<small>${meaning}</small></th><td>${figure(value)}</td><td>${realValue === undefined ? '–' : figure(realValue)}</td><td>${better}</td></tr>`,
  )}</tbody></table></div></section>`;
}

/** One chart for all metrics whose names begin alike: `loss/generator` and `loss/discriminator` share one. */
function curves(reports: readonly TrainReport[]): Html | undefined {
  const charts: Record<string, Record<string, { x: number; y: number }[]>> = {};
  for (const { step, metrics, samplesPerSecond } of reports) {
    for (const [name, y] of Object.entries({ ...metrics, 'samples a second': samplesPerSecond })) {
      const [chart, line = chart] = name.split(/\/(.*)/s) as [string, string?];
      charts[chart] ??= {};
      charts[chart][line] ??= [];
      charts[chart][line].push({ x: step, y });
    }
  }
  const marks = stageMarks(reports);
  const drawn = Object.entries(charts).map(([title, lines]) =>
    lineChart(
      title,
      Object.entries(lines).map(([name, points]): Series => ({ name, points })),
      marks,
    ),
  );
  return drawn.length > 0
    ? html`<section><h2>Curves</h2><p>Over the steps of training; each value is the mean since the report before.</p><div class="charts">${drawn}</div></section>`
    : undefined;
}

/** Where each stage of the training begins, for a training that has several. */
function stageMarks(reports: readonly TrainReport[]): Mark[] {
  const marks: Mark[] = [];
  for (const { step, stage } of reports)
    if (stage && stage.name !== marks.at(-1)?.name) marks.push({ x: step, name: stage.name });
  return marks.length > 1 ? marks : [];
}

/** Lists of more entries than this, such as vocabularies, and texts of more characters are shown by their beginning. */
const LONG_LIST = 24;
const LONG_TEXT = 200;

function shortened(_: string, value: unknown): unknown {
  if (typeof value === 'string' && value.length > LONG_TEXT) return `${value.slice(0, LONG_TEXT)}… all of it in run.json`;
  if (!Array.isArray(value) || value.length <= LONG_LIST) return value;
  return [...value.slice(0, LONG_LIST), `… ${value.length - LONG_LIST} more, in run.json`];
}

function asked({ directory, record }: ReportContent): Html {
  const options = {
    data: { source: record.data.source, ...record.data.options },
    model: record.model,
    training: record.training,
  };
  return html`<section><h2>What was asked</h2>
<p>Begun ${record.created.slice(0, 16).replace('T', ' ')} UTC, with polygan ${record.versions.polygan}, TensorFlow.js ${record.versions.tfjs} and Node ${record.versions.node}. To do the same again:</p>
<pre>polygan train ${record.modality} --config ${shellWord(`${directory}/run.json`)}</pre>
<p>More of the same training, samples, and scores:</p>
<pre>polygan resume ${shellWord(directory)} --steps +1000
polygan sample ${shellWord(directory)} --count 16 --out samples
polygan evaluate ${shellWord(directory)}</pre>
<details><summary>All options</summary><pre>${JSON.stringify(options, shortened, 2)}</pre></details></section>`;
}

/** A name as a heading. */
function titled(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** A word as a shell takes it, quoted where it has to be. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${figure(seconds < 10 ? Math.round(seconds * 10) / 10 : whole)} s`;
}
