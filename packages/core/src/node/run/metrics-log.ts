import { appendFile, readFile } from 'node:fs/promises';
import type { TrainReport } from '../../training/report.js';
import { writeFileAtomically } from './atomic-files.js';

/** `metrics.jsonl` of a run: one report a line. */
export class MetricsLog {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async append(report: TrainReport): Promise<void> {
    await appendFile(this.#file, `${JSON.stringify(report)}\n`);
  }

  /** All whole lines; a line that a kill cut short is left out. */
  async read(): Promise<TrainReport[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line) as TrainReport];
      } catch {
        return [];
      }
    });
  }

  /** Forgets what came after a step: a resumed training tells it anew. */
  async cutAfter(step: number): Promise<void> {
    const kept = (await this.read()).filter((report) => report.step <= step);
    await writeFileAtomically(this.#file, kept.map((report) => `${JSON.stringify(report)}\n`).join(''));
  }
}
