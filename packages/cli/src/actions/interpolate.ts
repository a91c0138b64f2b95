import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { computed, disposeOf, joined } from '../modalities/any-samples.js';
import { hasWays, type WaysRequest, waysThrough } from '../modalities/latent-ways.js';
import { modalityOf } from '../modalities/modalities.js';
import type { AnySamples } from '../modalities/modality-commands.js';
import { filesFor } from '../modalities/model-form.js';
import { openGenerator } from '../modalities/open-generator.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { conditionsOfRun } from './conditions-of-run.js';
import { exhibitIfPossible } from './exhibit-if-possible.js';
import { openRun } from './open-run.js';

/** The flags of `polygan interpolate`. */
export interface InterpolateFlags extends EngineFlags, WaysRequest {
  readonly out: string;
}

/** Writes samples on ways through the latent space: each way a row of one preview, and all of them as single files. */
export async function interpolate(directory: string, flags: InterpolateFlags, output: Output): Promise<number> {
  const run = await openRun(directory);
  const modality = modalityOf(run.record);
  const { noun } = modality;
  await chooseEngine(flags);
  const model = await openGenerator(run, modality);
  if (!hasWays(model)) {
    throw new UserError(`${run.record.model.kind} has no latent space in which there are ways from one ${noun} to another`);
  }
  const conditions = await conditionsOfRun(run, modality, flags, output);
  const files = filesFor(modality, model, flags.steps);
  await mkdir(flags.out, { recursive: true });

  const ways: AnySamples[] = [];
  const walk = async () => {
    for (const way of waysThrough(model, { ...flags, conditions })) ways.push(await computed(way));
  };
  await blamingInput(walk());
  const samples = joined(ways);
  const preview = `interpolation${files.previewExtension}`;
  await files.writePreview(samples, path.join(flags.out, preview));
  const names = await files.writeEach(samples, flags.out, 0);
  await exhibitIfPossible(run, 'interpolation', samples, files);
  disposeOf(samples);
  conditions?.dispose();
  model.dispose();
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
