import { exportRun, Run, type WeightBits } from '@polygan/core/node';
import { modalityOf } from '../modalities/modalities.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import type { Output } from '../terminal/output.js';

/** The flags of `polygan export`. */
export interface ExportFlags extends EngineFlags {
  readonly out: string;
  readonly bits: WeightBits;
}

/** Writes what others need to sample from a run. */
export async function exportModel(directory: string, { out, bits, ...engine }: ExportFlags, output: Output): Promise<number> {
  const run = await Run.open(directory);
  // Networks are opened to be written: with it come the layers that they are made of.
  modalityOf(run.record);
  await chooseEngine(engine);
  await exportRun(run, out, { bits });
  output.say(
    `The model of ${directory} is in ${out}, in weights of ${bits} bits. tf.loadLayersModel opens ${out}/model/model.json.`,
  );
  output.data({ run: directory, out, bits });
  return 0;
}
