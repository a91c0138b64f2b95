import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag } from './flags.js';

/** `polygan export RUN`. */
export function exportCommand(finish: Finish): Command {
  return new Command('export')
    .description('write the model of a run without all else: for others, who sample from it, and for web pages')
    .argument('<run>', 'a run folder')
    .requiredOption('--out <folder>', 'where to write it')
    .addOption(
      new Option('--to <format>', 'tfjs for web pages and polygan itself, onnx for any ONNX runtime, safetensors for the weights')
        .choices(['tfjs', 'onnx', 'safetensors'])
        .default('tfjs'),
    )
    .addOption(new Option('--bits <n>', 'of each weight: fewer make smaller files').choices(['32', '16', '8']).default('32'))
    .option('--evaluate', 'score the model of the run and what was written of it side by side, with 1,000 samples each (tfjs)')
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples(
        'polygan export runs/digits-1 --out digits-model --bits 16',
        'polygan sample digits-model --count 16',
        'polygan export runs/digits-1 --out digits-small --bits 8 --evaluate',
        'polygan export runs/digits-1 --out digits-onnx --to onnx',
      ),
    )
    .action(async (run: string, { json, bits, ...flags }) => {
      const { exportModel } = await import('../actions/export.js');
      finish(await exportModel(run, { ...flags, bits: Number(bits) }, createOutput(json)));
    });
}
