import { Command, Option } from 'commander';
import type { Section } from '../settings/settings.js';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, positiveNumber, seedFlag, setFlag, threadsFlag, wholeNumber } from './flags.js';

/** `polygan train text`. */
export function trainTextCommand(finish: Finish): Command {
  return new Command('text')
    .description('train a generator of texts')
    .option(
      '--data <source>',
      'names, sentences, a file with a text on each line, a .csv or .jsonl table, or a folder of .txt files (required, here or in the config)',
    )
    .option('--out <folder>', 'where to keep the run (default: runs/NAME-NUMBER)')
    .option(
      '--model <name>',
      'rnn: recurrent language model; cnn: convolutional one; seqgan: SeqGAN; latent: GAN with a latent space; vae: sequence VAE (default: rnn)',
    )
    .addOption(
      new Option('--steps <n>', 'training steps (default: as long as the model takes, else 10000)').argParser(wholeNumber(1)),
    )
    .addOption(new Option('--minutes <m>', 'minutes of training').argParser(positiveNumber))
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(
      new Option('--tokens <kind>', 'what texts are made of (default: words where they are spaced, else characters)').choices([
        'character',
        'word',
        'bpe',
      ]),
    )
    .addOption(new Option('--vocabulary <n>', 'the most tokens that there may be').argParser(wholeNumber(3)))
    .addOption(
      new Option('--length <n>', 'tokens of a text; longer ones are left out (default: 99 of 100 fit)').argParser(wholeNumber(2)),
    )
    .option('--lowercase', 'make texts lower case first')
    .option('--conditional', 'tell the model the classes of the data (latent)')
    .addOption(new Option('--batch <n>', 'texts in a batch (default: 64)').argParser(wholeNumber(1)))
    .addOption(seedFlag('decides the first weights, the order of the data and all noise'))
    .option('--config <file>', 'YAML or JSON with any of these settings and all others; the run.json of a run does it again')
    .addOption(setFlag('any setting, such as model.hidden=256, data.heldOut=0.2, recording.previewEvery=100; may be repeated'))
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      `${examples(
        'polygan train text --data captions.txt --minutes 10',
        'polygan train text --data names --model latent',
        'polygan train text --data captions.txt --model seqgan --tokens word --vocabulary 5000',
        'polygan train text --data reviews.csv --set data.field=review',
      )}

What is said by a flag wins over --set, and that over --config. Ctrl-C saves; polygan resume goes on.`,
    )
    .action(async (_, command: Command) => {
      const { json, config, set, ...flags } = command.opts();
      const { train: run } = await import('../actions/train.js');
      const keys = Object.fromEntries(
        Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
      ) as Section;
      finish(await run('text', { config, set, keys }, createOutput(json)));
    });
}
