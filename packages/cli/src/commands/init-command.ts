import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag } from './flags.js';

/** `polygan init [PATH]`. */
export function initCommand(finish: Finish): Command {
  return new Command('init')
    .description('look at your data, write a config file that fits them, and say how to train with it')
    .argument('[path]', 'a folder of pictures or sounds, a file of texts, or a folder with metadata.jsonl', '.')
    .addOption(
      new Option('--kind <kind>', 'what it holds (default: what most files look like)').choices([
        'image',
        'audio',
        'text',
        'multimodal',
      ]),
    )
    .option('--out <file>', 'the config file', 'polygan.yaml')
    .option('--force', 'write over a file that is there')
    .addOption(jsonFlag())
    .addHelpText('after', examples('polygan init ./flowers', 'polygan init captions.txt --out captions.yaml'))
    .action(async (source: string, { json, ...flags }) => {
      const { init } = await import('../actions/init.js');
      finish(await init(source, flags, createOutput(json)));
    });
}
