import path from 'node:path';
import type { TrainReport } from '../../training/report.js';
import type { RunRecord } from '../run/run.js';
import { duration, shellWord } from './as-text.js';
import { curves } from './curves.js';
import type { Exhibit } from './gallery.js';
import { type Html, html } from './html.js';
import { figure } from './line-chart.js';
import { pageShell } from './page-shell.js';
import type { Preview } from './previews.js';
import { scoreTable } from './score-table.js';
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
  return pageShell(
    title,
    html`<header><p class="brand">polygan</p><h1>${title}</h1>${state(reports)}</header>
${facts(content)}
${warnings(record.notes ?? [], reports)}
${previews.length > 0 ? samples(previews) : undefined}
${gallery.map(({ name, content }) => html`<section class="exhibit"><h2>${titled(name)}</h2>${content}</section>`)}
${scores && scoreTable(scores)}
${curves(reports)}
${asked(content)}`,
  );
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

function warnings(notes: readonly string[], reports: readonly TrainReport[]): Html | undefined {
  const met = new Map<string, { message: string; steps: number[] }>();
  for (const { step, warnings } of reports) {
    for (const { cause, message } of warnings) met.set(cause, { message, steps: [...(met.get(cause)?.steps ?? []), step] });
  }
  if (met.size + notes.length === 0) return undefined;
  return html`<section class="warnings"><h2>Warnings</h2><ul>${notes.map((note) => html`<li><b>before the training</b>: ${note}</li>`)}${[
    ...met,
  ].map(
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
  const { polygan, tfjs, node } = record.versions;
  return html`<section><h2>What was asked</h2>
${record.command === undefined ? undefined : html`<p>The command:</p><pre tabindex="0">${record.command}</pre>`}
<p>Begun ${record.created.slice(0, 16).replace('T', ' ')} UTC, with polygan ${polygan}, TensorFlow.js ${tfjs} and Node ${node}, on the engine ${record.engine}. To do the same again:</p>
<pre tabindex="0">polygan train ${record.modality} --config ${shellWord(`${directory}/run.json`)}</pre>
<p>More of the same training, samples, and scores:</p>
<pre tabindex="0">polygan resume ${shellWord(directory)} --steps +1000
polygan sample ${shellWord(directory)} --count 16 --out samples
polygan evaluate ${shellWord(directory)}</pre>
<details><summary>All options</summary><pre tabindex="0">${JSON.stringify(options, shortened, 2)}</pre></details></section>`;
}

/** A name as a heading. */
function titled(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
