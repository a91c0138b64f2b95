import { appendFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TrainReport } from '@polygan/core';
import { encodeEvent, encodeStart, encodeVersion, type Summary } from './event.js';
import { encodeRecord } from './record-file.js';

/** How each kind of preview is told. */
const PREVIEWS: Readonly<Record<string, (bytes: Buffer) => Summary>> = {
  '.png': (png) => ({ tag: 'samples', png }),
  '.wav': (wav) => ({ tag: 'samples', wav }),
  // TensorBoard shows Markdown; code keeps its lines.
  '.txt': (text) => ({ tag: 'samples', text: `\`\`\`\n${text}\n\`\`\`` }),
};

/** An event file in a run folder, which `tensorboard --logdir` reads: figures, and previews as pictures, sounds and texts. One for each session of a run. */
export class EventFile {
  readonly #file: string;
  readonly #samples: string;
  #hasBegun = false;

  constructor(runDirectory: string) {
    this.#file = path.join(runDirectory, `events.out.tfevents.${Math.floor(Date.now() / 1000)}.polygan`);
    this.#samples = path.join(runDirectory, 'samples');
  }

  async append({ step, metrics, samplesPerSecond }: TrainReport): Promise<void> {
    const time = Date.now() / 1000;
    const figures = Object.entries({ ...metrics, samplesPerSecond }).map(([tag, scalar]) => ({ tag, scalar }));
    const event = encodeEvent({ time, step, summaries: [...figures, ...(await this.#previewOf(step))] });
    const before = this.#hasBegun ? [] : [encodeVersion(time), encodeStart(time, step)];
    this.#hasBegun = true;
    await appendFile(this.#file, Buffer.concat([...before, event].map(encodeRecord)));
  }

  async #previewOf(step: number): Promise<Summary[]> {
    const name = String(step).padStart(8, '0');
    const files = (await readdir(this.#samples)).filter(
      (file) => path.parse(file).name === name && path.extname(file) in PREVIEWS,
    );
    return Promise.all(files.map(async (file) => PREVIEWS[path.extname(file)]!(await readFile(path.join(this.#samples, file)))));
  }
}
