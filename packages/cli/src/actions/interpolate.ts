import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { interpolateLinear, interpolateSpherical, Random } from '@polygan/core';
import { Run } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { modalityOf } from '../modalities/modalities.js';
import { hasLatent } from '../modalities/modality-commands.js';
import { filesFor } from '../modalities/model-form.js';
import { openGenerator } from '../modalities/open-generator.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';

/** The flags of `polygan interpolate`. */
export interface InterpolateFlags extends EngineFlags {
  /** How many ways. */
  readonly count: number;
  /** Samples on each way, both ends among them. */
  readonly steps: number;
  readonly seed: number;
  readonly out: string;
  readonly truncation: number;
  readonly along: 'auto' | 'line' | 'sphere';
}

/** Writes samples on ways through the latent space: each way a row of one preview, and all of them as single files. */
export async function interpolate(directory: string, flags: InterpolateFlags, output: Output): Promise<number> {
  const run = await Run.open(directory);
  const modality = modalityOf(run.record);
  const { noun } = modality;
  await chooseEngine(flags);
  const generator = await openGenerator(run);
  if (!hasLatent(generator)) {
    throw new UserError(`${run.record.model.kind} has no latent space in which there are ways from one ${noun} to another`);
  }
  const files = filesFor(modality, generator, flags.steps);
  await mkdir(flags.out, { recursive: true });

  const { defaultInterpolation: auto, classes } = generator.latent;
  const way = { auto, line: interpolateLinear, sphere: interpolateSpherical }[flags.along];
  const draw = async () =>
    generator.latent.sample(2 * flags.count, Random.fromSeed(flags.seed), { truncation: flags.truncation });
  const ends = await blamingInput(draw());
  const fractions = Array.from({ length: flags.steps }, (_, i) => i / (flags.steps - 1));
  const end = (index: number) => ends.slice([index, 0], [1, -1]);
  const rows: tf.Tensor[] = [];
  for (let row = 0; row < flags.count; row++) {
    rows.push(
      tf.tidy(() => {
        // Each way stays in one class; the classes take turns.
        const labels = classes ? (tf.fill([flags.steps], row % classes, 'int32') as tf.Tensor1D) : undefined;
        return generator.generate(way(end(2 * row), end(2 * row + 1), fractions), labels);
      }),
    );
    await rows.at(-1)!.data();
  }
  const samples = tf.concat(rows);
  const preview = `interpolation${files.previewExtension}`;
  await files.writePreview(samples, path.join(flags.out, preview));
  const names = await files.writeEach(samples, flags.out, 0);
  tf.dispose([ends, samples, ...rows]);
  generator.dispose();
  output.say(
    `${counted(flags.count, 'way')} of ${counted(flags.steps, noun)} in ${flags.out}, all together in ${path.join(flags.out, preview)}`,
  );
  output.data({
    run: directory,
    count: flags.count,
    steps: flags.steps,
    seed: flags.seed,
    along: flags.along,
    out: flags.out,
    preview,
    files: names,
  });
  return 0;
}
