import { Command, Option } from 'commander';
import type { Section } from '../settings/settings.js';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, positiveNumber, seedFlag, setFlag, threadsFlag, wholeNumber } from './flags.js';
import { trainAudioCommand } from './train-audio-command.js';
import { trainTextCommand } from './train-text-command.js';

/** `polygan train`, with a command for each modality. */
export function trainCommand(finish: Finish): Command {
  const train = new Command('train').description('train a model, and keep everything of it in a run folder');
  train.addCommand(
    new Command('image')
      .description('train a generator of pictures')
      .option(
        '--data <source>',
        'digits, fashion-mnist, fake, a folder of pictures, IDX files or CIFAR-10 (required, here or in the config)',
      )
      .option('--out <folder>', 'where to keep the run (default: runs/NAME-NUMBER)')
      .addOption(
        new Option('--steps <n>', 'training steps (default: 10000 if there is no other limit)').argParser(wholeNumber(1)),
      )
      .addOption(new Option('--minutes <m>', 'minutes of training').argParser(positiveNumber))
      .addOption(engineFlag('auto, the fastest that works'))
      .addOption(threadsFlag())
      .option('--model <name>', 'dcgan (default: dcgan)')
      .addOption(
        new Option('--size <pixels>', 'width and height of the pictures (default: as the data are; 64 for a folder)').argParser(
          wholeNumber(1),
        ),
      )
      .addOption(new Option('--channels <n>', '1 for grey, 3 for colour (default: as the data are)').argParser(wholeNumber(1)))
      .option('--conditional', 'tell the model the classes of the data, so that sample can ask for one with --class')
      .addOption(new Option('--batch <n>', 'pictures in a batch (default: 64)').argParser(wholeNumber(1)))
      .addOption(seedFlag('decides the first weights, the order of the data and all noise'))
      .option('--config <file>', 'YAML or JSON with any of these settings and all others; the run.json of a run does it again')
      .addOption(setFlag('any setting, such as training.loss=hinge, model.width=32, recording.previewEvery=100; may be repeated'))
      .addOption(jsonFlag())
      .addHelpText(
        'after',
        `${examples(
          'polygan train image --data digits --minutes 4',
          'polygan train image --data ./flowers --size 64 --steps 20000 --out flowers-run',
          'polygan train image --data ./flowers --set training.penalty.kind=r1 --set training.penalty.every=16',
          'polygan train image --config flowers-run/run.json --out flowers-again',
        )}

What is said by a flag wins over --set, and that over --config. Ctrl-C saves; polygan resume goes on.`,
      )
      .action(async (_, command: Command) => {
        const { json, config, set, ...flags } = command.opts();
        const { train: run } = await import('../actions/train.js');
        const keys = Object.fromEntries(
          Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
        ) as Section;
        finish(await run('image', { config, set, keys }, createOutput(json)));
      }),
  );
  train.addCommand(trainAudioCommand(finish));
  train.addCommand(trainTextCommand(finish));
  return train;
}
