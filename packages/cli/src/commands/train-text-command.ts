import { type Command, Option } from 'commander';
import type { Finish } from './command-context.js';
import { wholeNumber } from './flags.js';
import { trainingCommand } from './training-command.js';

/** `polygan train text`. */
export function trainTextCommand(finish: Finish): Command {
  return trainingCommand(
    {
      kind: 'text',
      nouns: 'texts',
      sources: 'a file with a text on each line, a .csv or .jsonl table, or a folder of .txt files',
      readyMade: ['names', 'sentences'],
      models: ['rnn', 'cnn', 'seqgan', 'latent', 'vae'],
      aboutModels:
        'rnn: recurrent language model; cnn: convolutional one; seqgan: SeqGAN; latent: GAN with a latent space; vae: sequence VAE',
      steps: 'as long as the model takes, else 10000',
      own: [
        new Option('--tokens <kind>', 'what texts are made of (default: words where they are spaced, else characters)').choices([
          'character',
          'word',
          'bpe',
        ]),
        new Option('--vocabulary <n>', 'the most tokens that there may be').argParser(wholeNumber(3)),
        new Option('--length <n>', 'tokens of a text; longer ones are left out (default: 99 of 100 fit)').argParser(
          wholeNumber(2),
        ),
        new Option('--lowercase', 'make texts lower case first'),
      ],
      conditional: 'tell the model the classes of the data (latent)',
      settings:
        'model.hidden=256, data.heldOut=0.2, data.encoding=big5, data.form=false (samples need not keep the form of the data)',
      examples: [
        'polygan train text --data captions.txt --minutes 10',
        'polygan train text --data names --model latent',
        'polygan train text --data captions.txt --model seqgan --tokens word --vocabulary 5000',
        'polygan train text --data reviews.csv --set data.field=review',
      ],
    },
    finish,
  );
}
