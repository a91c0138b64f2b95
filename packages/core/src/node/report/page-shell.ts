import { CHART_SCRIPT } from './chart-script.js';
import { Html, html } from './html.js';
import { PAGE_STYLE } from './page-style.js';
import { SAMPLES_SCRIPT } from './samples-script.js';
import { SOUND_SCRIPT } from './sound-script.js';

/** A whole page as one text that asks for no other file. @param content what stands in `main` */
export function pageShell(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} · polygan</title>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<main>
${content}
</main>
<script>${new Html(SAMPLES_SCRIPT + SOUND_SCRIPT + CHART_SCRIPT)}</script>
</body>
</html>
`.text;
}
