/**
 * Trains a DCGAN on a folder of your own pictures, and leaves a run folder with samples, checkpoints, the generator and a report.
 *
 *   pnpm train-pictures --data ~/pictures/shells --steps 5000 --width 64
 *
 * What to expect: without a folder it learns handwritten digits, and by default only for some seconds: light strokes on dark ground, hardly
 * digits. With --steps 3000 --width 64 they are plainly digits (minutes, on two cores). Your own pictures, at 64×64 in colour, want some
 * hundreds of files and some thousands of steps.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { trainInRun, useEngine } from '@polygan/core/node';
import { digits } from '@polygan/datasets/node';
import { dcgan } from '@polygan/image';
import { openPictures, pictureFiles } from '@polygan/image/node';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    steps: { type: 'string', default: '60' },
    width: { type: 'string', default: '8' },
  },
});

// The fastest engine that works on this machine; it says why it is not a better one.
const engine = await useEngine();
console.log(`engine ${engine.name}`);

// A dataset is asked for samples by number, so that a run can be taken up again exactly where it stood.
const pictures = flags.data ? await openPictures(flags.data, { size: 64 }) : { ...(await digits()), sampleShape: [28, 28, 1] };
const [size, , channels] = pictures.sampleShape as [number, number, 1 | 3];
console.log(`${pictures.size} pictures of ${size}×${size}×${channels}`);

const gan = dcgan({ size, channels, width: Number(flags.width) });
const out = flags.out ?? path.join(await mkdtemp(path.join(tmpdir(), 'polygan-')), 'run');

// The body of the loop is the callback: break to stop, do not pull to pause. Whatever happens, the run folder is whole.
const about = {
  modality: 'image',
  engine: engine.name,
  data: { source: flags.data ?? 'digits', options: {}, fingerprint: pictures.fingerprint, size: pictures.size },
};
const reports = trainInRun(out, about, gan, pictures, { steps: Number(flags.steps) }, { files: pictureFiles() });
for await (const { step, metrics, secondsLeft, warnings } of reports) {
  const losses = `generator ${metrics['loss/generator']?.toFixed(3)}, discriminator ${metrics['loss/discriminator']?.toFixed(3)}`;
  console.log(`step ${step}: ${losses}; ${Math.ceil(secondsLeft)} s to go`);
  for (const { message } of warnings) console.warn(message);
}

console.log(`Look at ${path.join(out, 'report.html')}; the generator for tf.loadLayersModel is in ${path.join(out, 'model')}.`);
gan.dispose();
