import { type Command, Option } from 'commander';
import type { Finish } from './command-context.js';
import { wholeNumber } from './flags.js';
import { trainingCommand } from './training-command.js';

/** `polygan train image`. */
export function trainImageCommand(finish: Finish): Command {
  return trainingCommand(
    {
      kind: 'image',
      nouns: 'pictures',
      sources: 'a folder of pictures, IDX files or CIFAR-10',
      readyMade: ['digits', 'fashion-mnist', 'fake'],
      models: ['dcgan', 'residualGan', 'imageVae'],
      own: [
        new Option('--size <pixels>', 'width and height of the pictures (default: as the data are; 64 for a folder)').argParser(
          wholeNumber(1),
        ),
        new Option(
          '--channels <n>',
          '1 for grey, 3 for colour, 4 for colour with opacity (default: grey or colour, as the data are)',
        ).argParser(wholeNumber(1)),
        new Option('--flip', 'mirror half of the pictures, others in each pass: right for faces, wrong for letters'),
        new Option(
          '--augment [kinds]',
          'for few pictures: change all pictures at random before they are judged (kinds: colour, translation, cutout; default: all)',
        )
          .preset('colour,translation,cutout')
          .argParser((kinds) => ({ policy: kinds.split(',') })),
      ],
      settings: 'training.loss=hinge, model.width=32, recording.previewEvery=100',
      examples: [
        'polygan train image --data digits --minutes 4',
        'polygan train image --data ./flowers --size 64 --steps 20000 --out flowers-run',
        'polygan train image --data fashion-mnist --model residualGan --conditional --minutes 30',
        'polygan train image --data ./few-faces --flip --augment --set training.augment.probability=adaptive',
        'polygan train image --data ./flowers --set training.penalty.kind=r1 --set training.penalty.every=16',
        'polygan train image --config flowers-run/run.json --out flowers-again',
      ],
    },
    finish,
  );
}
