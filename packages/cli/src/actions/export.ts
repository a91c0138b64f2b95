import { type ExportedNetwork, type ExportFormat, exportRun, type WeightBits } from '@polygan/core/node';
import { modalityOf } from '../modalities/modalities.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import type { Output } from '../terminal/output.js';
import { openRun } from './open-run.js';

/** The flags of `polygan export`. */
export interface ExportFlags extends EngineFlags {
  readonly out: string;
  readonly to: ExportFormat;
  readonly bits: WeightBits;
}

/** What opens what was written. */
const OPENED_BY: Readonly<Record<ExportFormat, string>> = {
  tfjs: 'tf.loadLayersModel',
  onnx: 'any ONNX runtime',
  safetensors: 'any library for safetensors',
};

/** Writes what others need to sample from a run. */
export async function exportModel(directory: string, { out, to, bits, ...engine }: ExportFlags, output: Output): Promise<number> {
  const run = await openRun(directory);
  // Networks are opened to be written: with it come the layers that they are made of.
  modalityOf(run.record);
  await chooseEngine(engine);
  const networks = await exportRun(run, out, { to, bits });
  output.say(`The model of ${directory} is in ${out}, in weights of ${bits} bits. ${OPENED_BY[to]} opens:`);
  for (const network of networks) output.say(`  ${told(network)}`);
  output.data({ run: directory, out, to, bits, networks });
  return 0;
}

function told({ file, inputs, outputs, difference: { largest, relative } }: ExportedNetwork): string {
  const names = (ends: ExportedNetwork['inputs']) => ends.map(({ name }) => name).join(', ');
  const off =
    largest === 0
      ? 'gives the same'
      : `off by ${(100 * relative).toPrecision(2)} % of what outputs vary, ${largest.toPrecision(2)} at most`;
  return `${file}: ${names(inputs)} to ${names(outputs)}; ${off}`;
}
