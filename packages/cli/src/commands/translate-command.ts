import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, seedFlag, threadsFlag, wholeNumber } from './flags.js';

/** `polygan translate RUN`. */
export function translateCommand(finish: Finish): Command {
  return new Command('translate')
    .description(
      'make other forms of a thing: a sound and words for a picture, pictures for words, and so on; without one, of held-out things of the data, in every direction',
    )
    .argument('<run>', 'a run folder of train multimodal')
    .option('--image <file>', 'a picture of the thing')
    .option('--audio <file>', 'its sound')
    .option('--text <words>', 'its words')
    .option('--to <forms>', 'the forms that are wanted, such as audio,text (default: those that are not given)')
    .addOption(
      new Option('--count <n>', 'how many answers, which differ where many are right; or how many things')
        .argParser(wholeNumber(1))
        .default(8),
    )
    .addOption(
      new Option('--refine <n>', 'gradient steps to a point from which what is given comes out again: slower and closer')
        .argParser(wholeNumber(0))
        .default(0),
    )
    .addOption(seedFlag('decides the answers: the same seed, the same answers'))
    .option('--out <folder>', 'where to write them, with metadata.jsonl and a page that shows them', 'translations')
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples(
        'polygan translate runs/digits-1',
        'polygan translate runs/digits-1 --image seven.png',
        'polygan translate runs/digits-1 --text "the number 7" --to image --count 16 --out sevens',
        'polygan translate runs/digits-1 --image seven.png --audio seven.wav --to text',
      ),
    )
    .action(async (run: string, { json, ...flags }) => {
      const { translate } = await import('../actions/translate.js');
      finish(await translate(run, flags, createOutput(json)));
    });
}
