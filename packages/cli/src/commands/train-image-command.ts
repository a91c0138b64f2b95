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
          '--from <what>',
          'make each picture from what is left of it (grey, small, outline or gap), or from the one of the same name in that folder',
        ),
        new Option(
          '--attributes [names]',
          "tell the model numbers that metadata.jsonl or .csv has of each picture, so that sample can ask for them: 'age,smiling' (default: all that are there)",
        )
          .preset('')
          .argParser(attributeNames),
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
        'polygan train image --data ./photos --from grey --minutes 30',
        'polygan train image --data ./portraits --attributes age,smiling',
        'polygan train image --data ./flowers --set training.penalty.kind=r1 --set training.penalty.every=16',
        'polygan train image --config flowers-run/run.json --out flowers-again',
      ],
    },
    finish,
  );
}

/** Names of attributes as options of the data have them. */
function attributeNames(names: string): readonly { readonly name: string }[] {
  return names.split(',').flatMap((name) => (name.trim() === '' ? [] : [{ name: name.trim() }]));
}
