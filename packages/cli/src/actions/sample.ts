import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { type Gan, Random } from '@polygan/core';
import { Run } from '@polygan/core/node';
import type * as tf from '@tensorflow/tfjs';
import { modalityOf } from '../modalities/modalities.js';
import type { ModalityCommands } from '../modalities/modality-commands.js';
import { openGenerator } from '../modalities/open-generator.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput } from '../terminal/failure.js';
import { counted } from '../terminal/format.js';
import { numpyHeader } from '../terminal/numpy-file.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';

/** The flags of `polygan sample`. */
export interface SampleFlags extends EngineFlags {
  readonly count: number;
  readonly seed: number;
  readonly out: string;
  readonly truncation: number;
  readonly format: 'files' | 'npy';
}

/** Samples that are made and written at once. */
const PIECE = 64;

/** Writes generated samples; the same ones for the same seed, of which more samples are a continuation. */
export async function sample(directory: string, flags: SampleFlags, output: Output): Promise<number> {
  const run = await Run.open(directory);
  const modality = modalityOf(run.record);
  const engine = await chooseEngine(flags);
  const generator = await openGenerator(run);
  await mkdir(flags.out, { recursive: true });
  const progress = showProgress(output);
  const pieces = generate(generator, flags, (share, text) => progress.update(share, text));
  const files = await (flags.format === 'npy' ? writeNumpy(modality, pieces, flags) : writeFiles(modality, pieces, flags.out));
  progress.end();
  generator.dispose();
  output.say(`${counted(flags.count, modality.noun)} in ${flags.out}${flags.format === 'npy' ? '/samples.npy' : ''}`);
  output.data({
    run: directory,
    count: flags.count,
    seed: flags.seed,
    truncation: flags.truncation,
    engine: engine.name,
    out: flags.out,
    files,
  });
  return 0;
}

/** The samples of a seed, piece by piece; each piece is disposed of when the next is asked for. */
async function* generate(
  generator: Gan<unknown>,
  { count, seed, truncation }: SampleFlags,
  onProgress: (share: number, text: string) => void,
): AsyncGenerator<tf.Tensor> {
  const points = await blamingInput((async () => generator.latent.sample(count, Random.fromSeed(seed), { truncation }))());
  for (let from = 0; from < count; from += PIECE) {
    const size = Math.min(PIECE, count - from);
    const some = points.slice([from, 0], [size, -1]) as tf.Tensor2D;
    const samples = generator.generate(some);
    some.dispose();
    yield samples;
    samples.dispose();
    onProgress((from + size) / count, `${from + size} of ${count}`);
  }
  points.dispose();
}

async function writeFiles({ files }: ModalityCommands, pieces: AsyncGenerator<tf.Tensor>, out: string): Promise<string[]> {
  const names: string[] = [];
  for await (const samples of pieces) names.push(...(await files.writeEach(samples, out, names.length)));
  return names;
}

/** Piece by piece into one file, so that memory stays bounded. */
async function writeNumpy(
  modality: ModalityCommands,
  pieces: AsyncGenerator<tf.Tensor>,
  { out, count }: SampleFlags,
): Promise<string[]> {
  const name = 'samples.npy';
  const file = await open(path.join(out, name), 'w');
  try {
    let first = true;
    for await (const samples of pieces) {
      const { dtype, shape, bytes } = await modality.toNumpy(samples);
      if (first) await file.write(numpyHeader({ dtype, shape: [count, ...shape.slice(1)] }));
      await file.write(bytes);
      first = false;
    }
  } finally {
    await file.close();
  }
  return [name];
}
