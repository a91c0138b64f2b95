import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { examples, jsonFlag, seedFlag } from './flags.js';

/** `polygan data PATH`. */
export function dataCommand(finish: Finish): Command {
  return new Command('data')
    .description('look at data before training: how many, sizes, classes, broken files, and the command that trains on them')
    .argument(
      '<path>',
      'a folder of pictures, IDX files or CIFAR-10; a folder of sounds; a file or a folder of texts; a folder with metadata.jsonl',
    )
    .addOption(
      new Option('--kind <kind>', 'what it holds (default: what most files look like)').choices([
        'image',
        'audio',
        'text',
        'multimodal',
      ]),
    )
    .addOption(seedFlag('goes into the command that is proposed'))
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples('polygan data ./flowers', 'polygan data ./flowers --json', 'polygan data ./drums', 'polygan data captions.txt'),
    )
    .action(async (source: string, { json, seed, kind }) => {
      const { data } = await import('../actions/data.js');
      const { kindOf } = await import('../modalities/kind-of-data.js');
      finish(await data(source, { kind: kind ?? (await kindOf(source)), seed }, createOutput(json)));
    });
}
