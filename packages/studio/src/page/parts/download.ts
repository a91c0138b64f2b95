import type { Form, Sample } from '../engine/sample.js';
import { encodeWav } from './encode-wav.js';
import { paint } from './picture-canvas.js';

/** Hands a thing over as files, one for each of its forms: `NAME.png`, `NAME.wav`, `NAME.txt`. */
export async function download(sample: Sample, name: string): Promise<void> {
  for (const form of sample) {
    const { blob, extension } = await fileOf(form);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${name}${extension}`;
    link.click();
    // The browser has taken it by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

async function fileOf(form: Form): Promise<{ blob: Blob; extension: string }> {
  if (form.kind === 'text') return { blob: new Blob([`${form.text}\n`], { type: 'text/plain' }), extension: '.txt' };
  if (form.kind === 'audio') return { blob: new Blob([encodeWav(form.sound)], { type: 'audio/wav' }), extension: '.wav' };
  const canvas = document.createElement('canvas');
  paint(canvas, form.picture);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return { blob: blob!, extension: '.png' };
}
