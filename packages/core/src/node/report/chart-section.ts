import { type Html, html } from './html.js';

/** Charts with what zooms them all; the controls stay hidden where no script runs. */
export function chartSection(title: string, explanation: string, charts: readonly Html[]): Html {
  return html`<section><h2>${title}</h2><p>${explanation}</p>
<div class="zoom" role="group" aria-label="Steps that are shown" hidden>
<label>From step <input type="range" min="0" max="200" value="0"><output></output></label>
<label>to step <input type="range" min="0" max="200" value="200"><output></output></label>
<button type="button">All steps</button>
<span class="note">or drag across a chart</span>
</div>
<div class="charts">${charts}</div></section>`;
}
