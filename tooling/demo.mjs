/**
 * Shows what polygan does, from scratch on this machine: trains pictures, sounds and words of digits under one latent space, then makes new ones, walks between
 * them, translates in every direction, and measures whether the forms belong together. `node tooling/demo.mjs [--minutes N]`, after a build.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsedOptions } from './parsed-options.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parsedOptions({ options: { minutes: { type: 'string' } } });
/** Steps and not minutes, so that what is shown is as good on a slow machine. Of fewer than a thousand, the forms hardly belong together. */
const limit = values.minutes ? ['--minutes', values.minutes] : ['--steps', '1100'];
const run = freeFolder(path.join('runs', 'demo'));

// Far fewer steps of reading than usual: digits are soon told apart, and minutes are few.
polygan('train', 'multimodal', '--data', 'digits', ...limit, '--set', 'training.reading.steps=300', '--out', run);
polygan('sample', run, '--count', '48', '--out', path.join(run, 'made-up'));
polygan('interpolate', run, '--count', '4', '--steps', '7', '--out', path.join(run, 'between'));
polygan('translate', run, '--count', '10', '--out', path.join(run, 'translated'));
polygan('evaluate', run, '--count', '500');
console.log(
  `\nSee and hear all of it in ${path.join(run, 'report.html')}: samples over time, ways between things, translations, coherence.`,
);

function polygan(...words) {
  console.log(`\n$ polygan ${words.join(' ')}`);
  const { status } = spawnSync(process.execPath, ['packages/cli/dist/bin.js', ...words], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The folder, with the next number that nothing has. */
function freeFolder(name) {
  let number = 1;
  while (existsSync(path.join(root, `${name}-${number}`))) number++;
  return `${name}-${number}`;
}
