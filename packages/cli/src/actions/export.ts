import { type ExportedNetwork, type ExportFormat, exportRun, type Run, type Score, type WeightBits } from '@polygan/core/node';
import { modalityOf } from '../modalities/modalities.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { UserError } from '../terminal/failure.js';
import { columns, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { scoresOf } from './evaluate.js';
import { openRun } from './open-run.js';

/** The flags of `polygan export`. */
export interface ExportFlags extends EngineFlags {
  readonly out: string;
  readonly to: ExportFormat;
  readonly bits: WeightBits;
  /** Whether to score the model in the run beside what was written of it. */
  readonly evaluate?: boolean;
}

/** What opens what was written. */
const OPENED_BY: Readonly<Record<ExportFormat, string>> = {
  tfjs: 'tf.loadLayersModel',
  onnx: 'any ONNX runtime',
  safetensors: 'any library for safetensors',
};

/** Writes what others need to sample from a run. */
export async function exportModel(
  directory: string,
  { out, to, bits, evaluate = false, ...engine }: ExportFlags,
  output: Output,
): Promise<number> {
  if (evaluate && to !== 'tfjs') throw new UserError(`--evaluate: polygan samples from exports to tfjs alone, not to ${to}`);
  const run = await openRun(directory);
  // Networks are opened to be written: with it come the layers that they are made of.
  modalityOf(run.record);
  await chooseEngine(engine);
  const networks = await exportRun(run, out, { to, bits });
  output.say(`The model of ${directory} is in ${out}, in weights of ${bits} bits. ${OPENED_BY[to]} opens:`);
  for (const network of networks) output.say(`  ${told(network)}`);
  const scores = evaluate ? await scoresOnBothSides(run, await openRun(out), output) : undefined;
  output.data({ run: directory, out, to, bits, networks, ...(scores && { scores }) });
  return 0;
}

/** Samples on each side, drawn from the same latent points. */
const SCORED = { count: 1000, features: 'auto', seed: 0 };

/** What fewer bits do to the scores. */
async function scoresOnBothSides(run: Run, exported: Run, output: Output): Promise<ExportScore[]> {
  const before = await scoresOf(run, SCORED, output, { isShown: false });
  const after = await scoresOf(exported, SCORED, output, { isShown: false });
  const scores = after.scores.scores.map(({ metric, title, value, realValue, better }) => {
    const own = before.scores.scores.find((score) => score.metric === metric)!.value;
    return { metric, title, run: own, exported: value, ...(realValue !== undefined && { real: realValue }), better };
  });
  output.say(`${figure(after.count)} samples of each, against ${after.scores.realSamples}, by ${after.scores.features}:`);
  const rows = scores.map(({ title, run: own, exported: value, real, better }) => [
    title,
    figure(own),
    figure(value),
    real === undefined ? '' : figure(real),
    better,
  ]);
  output.say(columns([['', 'of the run', 'as written', 'real', 'better'], ...rows]));
  return scores;
}

/** A score of the model in the run, of what was written of it, and of real samples. */
interface ExportScore {
  readonly metric: string;
  readonly title: string;
  readonly run: number;
  readonly exported: number;
  readonly real?: number;
  readonly better: Score['better'];
}

function told({ file, inputs, outputs, difference: { largest, relative } }: ExportedNetwork): string {
  const names = (ends: ExportedNetwork['inputs']) => ends.map(({ name }) => name).join(', ');
  const off =
    largest === 0
      ? 'gives the same'
      : `off by ${(100 * relative).toPrecision(2)} % of what outputs vary, ${largest.toPrecision(2)} at most`;
  return `${file}: ${names(inputs)} to ${names(outputs)}; ${off}`;
}
