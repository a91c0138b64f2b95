import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { State } from '../../training/state.js';
import { createDirectoryAtomically, removeDirectoryAtomically, removeUnfinished, writeFileAtomically } from './atomic-files.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

/** The best checkpoint so far, by a metric. */
export interface BestCheckpoint {
  readonly step: number;
  readonly metric: string;
  readonly value: number;
}

/** The `checkpoints` folder of a run: one folder a step, each whole or absent. */
export class CheckpointStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Stores a state under its step; does nothing if that step is stored already. */
  async save(step: number, state: State): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    await removeUnfinished(this.#directory);
    if ((await this.steps()).includes(step)) return;
    await createDirectoryAtomically(this.#path(step), {
      'tensors.safetensors': encodeSafetensors(state.tensors),
      'state.json': JSON.stringify(state.values, null, 2),
    });
  }

  /** @throws if there is no checkpoint of that step */
  async load(step: number): Promise<State> {
    const values = JSON.parse(await readFile(path.join(this.#path(step), 'state.json'), 'utf8')) as State['values'];
    const tensors = decodeSafetensors(await readFile(path.join(this.#path(step), 'tensors.safetensors')));
    return { values, tensors };
  }

  /** The steps that are stored, in ascending order. */
  async steps(): Promise<number[]> {
    const names = await readdir(this.#directory).catch(() => []);
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** Removes all but the last `keep` checkpoints and the best. */
  async prune(keep: number): Promise<void> {
    const best = await this.best();
    const old = (await this.steps()).slice(0, -keep).filter((step) => step !== best?.step);
    for (const step of old) await removeDirectoryAtomically(this.#path(step));
  }

  async best(): Promise<BestCheckpoint | undefined> {
    const text = await readFile(path.join(this.#directory, 'best.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as BestCheckpoint);
  }

  async setBest(best: BestCheckpoint): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    await writeFileAtomically(path.join(this.#directory, 'best.json'), `${JSON.stringify(best)}\n`);
  }

  #path(step: number): string {
    return path.join(this.#directory, String(step).padStart(8, '0'));
  }
}
