import { type Html, html } from './html.js';
import { figure } from './line-chart.js';
import type { Scores } from './scores.js';

/** The scores of a run, with those of real samples beside. What several of them mean is said once. */
export function scoreTable({ step, features, realSamples, scores }: Scores): Html {
  return html`<section><h2>Scores</h2>
<p>${figure(scores[0]?.fake ?? 0)} samples made after ${figure(step)} steps, compared with ${realSamples} by ${features}. The column “real” holds real samples against other real samples: nothing can be expected to be better.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Scores"><table><thead><tr><th scope="col">Score</th><th scope="col">generated</th><th scope="col">real</th><th scope="col">better</th></tr></thead>
<tbody>${scores.map(
    ({ title, meaning, value, realValue, better }, i) =>
      html`<tr><th scope="row">${title}${meaning === scores[i - 1]?.meaning ? undefined : html`<small>${meaning}</small>`}</th><td>${figure(value)}</td><td>${realValue === undefined ? '–' : figure(realValue)}</td><td>${better}</td></tr>`,
  )}</tbody></table></div></section>`;
}
