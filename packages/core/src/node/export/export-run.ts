import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../run/atomic-files.js';
import type { WeightBits } from '../run/compact-weights.js';
import { loadModel } from '../run/model-files.js';
import { type Run, RunError, type RunRecord } from '../run/run.js';
import { differenceOf, type ExportDifference } from './difference.js';
import { type ExportFormat, runOf, WRITERS } from './formats.js';
import { endsOfReader, endsOfSampler, type NetworkEnds } from './network-ends.js';

/** Options of {@link exportRun}. */
export interface ExportOptions {
  /**
   * `tfjs` (default): what `tf.loadLayersModel` opens; the folder is a run that cannot be resumed. `onnx`: a file for any runtime of ONNX. `safetensors`: the
   * weights by name. The last two with a `config.json` that tells what goes in and what comes out.
   */
  readonly to?: ExportFormat;
  /** Bits of each weight: 32 (default), 16 or 8; of safetensors 32 or 16. */
  readonly bits?: WeightBits;
}

/** A network that was written. */
export interface ExportedNetwork extends NetworkEnds {
  /** `''` for the one that samples come from, else the form that it reads. */
  readonly name: string;
  readonly file: string;
  /** Between what the network gave before and what the file gives, found by running both. */
  readonly difference: ExportDifference;
}

/**
 * Writes what samples are made from, and nothing else of a run: its networks, in weights of so many bits, and what is needed to use them. What was written is
 * opened and run beside the network that it was made of.
 *
 * @throws RunError if the run has no model yet, or the folder is not empty
 */
export async function exportRun(
  run: Run,
  directory: string,
  { to = 'tfjs', bits = 32 }: ExportOptions = {},
): Promise<readonly ExportedNetwork[]> {
  if ((await readdir(directory).catch(() => [])).length > 0)
    throw new RunError(`The folder ${directory} is not empty. Name another one.`);
  const inside = await readdir(run.modelDirectory, { withFileTypes: true }).catch(() => []);
  const step = await run.modelStep();
  if (step === undefined) throw new RunError(`${run.directory} has no model yet: it was stopped before its first checkpoint.`);
  const metadata = {
    modality: run.record.modality,
    model: run.record.model.kind,
    madeBy: `polygan ${run.record.versions.polygan}`,
  };
  const exported: ExportedNetwork[] = [];
  // Beside the sampler there may be networks that read samples, in folders of their own.
  for (const name of ['', ...inside.filter((entry) => entry.isDirectory()).map((entry) => entry.name)]) {
    const network = await loadModel(path.join(run.modelDirectory, name));
    const ends = name === '' ? endsOfSampler(run.record, network) : endsOfReader(network);
    const place = path.join(directory, ...placeOf(to, name));
    const written = await WRITERS[to]({ network, ends, place, step, bits, metadata });
    const difference = await differenceOf(network, ends.inputs, runOf(network, ends), written.run);
    exported.push({ name, file: written.file, ...ends, difference });
    await written.dispose();
    network.dispose();
  }
  await mkdir(directory, { recursive: true });
  const [file, contents] =
    to === 'tfjs' ? (['run.json', run.record] as const) : (['config.json', configOf(run.record, exported, directory)] as const);
  await writeFileAtomically(path.join(directory, file), `${JSON.stringify(contents, null, 2)}\n`);
  return exported;
}

function placeOf(to: ExportFormat, name: string): string[] {
  if (to === 'tfjs') return name === '' ? ['model'] : ['model', name];
  return name === '' ? ['model'] : ['readers', name];
}

/** What goes in, what comes out, and how samples are to be understood: tokens, rates, classes stand among the model's options. */
function configOf(
  { modality, model, data, versions }: RunRecord,
  exported: readonly ExportedNetwork[],
  directory: string,
): object {
  const networks = exported.map(({ name, file, inputs, outputs }) => ({
    ...(name !== '' && { reads: name }),
    file: path.relative(directory, file).split(path.sep).join('/'),
    inputs,
    outputs,
  }));
  return { modality, model, ...(data.classNames && { classNames: data.classNames }), networks, versions };
}
