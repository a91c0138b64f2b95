import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { SampleFiles } from '@polygan/core';
import { isJoint } from '@polygan/models';
import { countOf, disposeOf, tensorsOf } from '../modalities/any-samples.js';
import type { AskedConditions } from '../modalities/asked-conditions.js';
import { classNumber } from '../modalities/class-number.js';
import { modalityOf } from '../modalities/modalities.js';
import type { AnyBatch, AnyModality, AnyModel, AnySamples } from '../modalities/modality-commands.js';
import { decoded } from '../modalities/model-form.js';
import { openGenerator } from '../modalities/open-generator.js';
import type { Section } from '../settings/settings.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted } from '../terminal/format.js';
import { INTERRUPTED, onInterruption } from '../terminal/interruption.js';
import { numpyHeader } from '../terminal/numpy-file.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { conditionsOfRun } from './conditions-of-run.js';
import { openRun } from './open-run.js';

/** The flags of `polygan sample`. */
export interface SampleFlags extends EngineFlags {
  /** Default 16, or as many as there are pictures to make others from. */
  readonly count?: number;
  readonly out: string;
  readonly format: 'files' | 'npy';
  /** The name or the number of the class that all samples are to be of. */
  readonly class?: string;
  /** What they are to be made under. */
  readonly conditions: AskedConditions;
  /** How to draw them, as the model understands it: seed, truncation, temperature, … */
  readonly sampling: Section;
}

/** So many are made where nothing is said. */
const USUAL_COUNT = 16;

/** Writes generated samples; the same ones for the same seed, of which more samples are a continuation. */
export async function sample(directory: string, flags: SampleFlags, output: Output): Promise<number> {
  const run = await openRun(directory);
  const modality = modalityOf(run.record);
  const label = flags.class === undefined ? undefined : classNumber(run.record.data.classNames, flags.class);
  const engine = await chooseEngine(flags);
  const { seed } = flags.sampling as { seed: number };
  const wanted = { asked: flags.conditions, count: flags.count ?? USUAL_COUNT, seed };
  const conditions = await conditionsOfRun(run, modality, wanted, output);
  const count = flags.count ?? (flags.conditions.from === undefined ? USUAL_COUNT : conditions!.shape[0]!);
  const sampling = { ...flags.sampling, ...(label !== undefined && { label }), ...(conditions && { conditions }) };
  const model = await openGenerator(run, modality);
  const progress = showProgress(output);
  const interruption = onInterruption(() => {});
  let files: string[];
  try {
    if (isJoint(model) && label !== undefined) {
      throw new UserError(
        '--class: models of things in several forms are not told classes; say what you want with polygan translate',
      );
    }
    await mkdir(flags.out, { recursive: true });
    const onProgress = (done: number) => {
      interruption.signal.throwIfAborted();
      progress.update(done / count, `${done} of ${count}`);
    };
    const pieces = generate(modality, model, count, sampling, onProgress);
    files = await (flags.format === 'npy'
      ? writeNumpy(modality, pieces, { ...flags, count })
      : writeFiles(modality.files(model.options as Section), pieces, flags.out));
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    progress.end();
    output.say(`Stopped. What was made is in ${flags.out}.`);
    return INTERRUPTED;
  } finally {
    progress.end();
    interruption.dispose();
    conditions?.dispose();
    model.dispose();
  }
  const where = flags.format === 'npy' ? files.map((name) => path.join(flags.out, name)).join(', ') : flags.out;
  output.say(`${counted(count, modality.noun)} in ${where}`);
  output.data({
    run: directory,
    count,
    ...flags.sampling,
    ...flags.conditions,
    ...(label !== undefined && { label }),
    engine: engine.name,
    out: flags.out,
    files,
  });
  return 0;
}

/** The samples of a seed, piece by piece; each piece is disposed of when the next is asked for. */
async function* generate(
  modality: AnyModality,
  model: AnyModel<AnySamples, AnyBatch>,
  count: number,
  options: Parameters<AnyModel['samples']>[1],
  onProgress: (done: number) => void,
): AsyncGenerator<AnySamples> {
  let done = 0;
  const pieces = model.samples(count, options);
  for (let piece = await blamingInput(pieces.next()); !piece.done; piece = await pieces.next()) {
    done += countOf(piece.value);
    const samples = await decoded(modality, model, piece.value);
    yield samples;
    disposeOf(samples);
    onProgress(done);
  }
}

async function writeFiles(files: SampleFiles<AnySamples>, pieces: AsyncGenerator<AnySamples>, out: string): Promise<string[]> {
  const names: string[] = [];
  let first = 0;
  for await (const samples of pieces) {
    names.push(...(await files.writeEach(samples, out, first)));
    first += countOf(samples);
  }
  return names;
}

/** Piece by piece into one file, of things in several forms one for each form, so that memory stays bounded. */
async function writeNumpy(
  modality: AnyModality,
  pieces: AsyncGenerator<AnySamples>,
  { out, count }: Readonly<{ out: string; count: number }>,
): Promise<string[]> {
  const files = new Map<string, FileHandle>();
  const unfinished = (form: string) => path.join(out, `${form}.npy.part`);
  try {
    for await (const samples of pieces) {
      for (const [form, tensor] of Object.entries(tensorsOf(samples))) {
        const { dtype, shape, bytes } = await modality.toNumpy(tensor, form);
        const file = files.get(form) ?? (await open(unfinished(form), 'w'));
        const isNew = !files.has(form);
        files.set(form, file);
        if (isNew) await file.write(numpyHeader({ dtype, shape: [count, ...shape.slice(1)] }));
        await file.write(bytes);
      }
    }
    for (const file of files.values()) await file.close();
    for (const form of files.keys()) await rename(unfinished(form), path.join(out, `${form}.npy`));
  } catch (error) {
    for (const [form, file] of files) {
      await file.close();
      await rm(unfinished(form), { force: true });
    }
    throw error;
  }
  return [...files.keys()].map((form) => `${form}.npy`);
}
