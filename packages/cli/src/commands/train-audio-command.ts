import { Command, Option } from 'commander';
import type { Section } from '../settings/settings.js';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, positiveNumber, seedFlag, setFlag, threadsFlag, wholeNumber } from './flags.js';

/** `polygan train audio`. */
export function trainAudioCommand(finish: Finish): Command {
  return new Command('audio')
    .description('train a generator of sounds')
    .option(
      '--data <source>',
      'spoken-digits, drums, or a folder of WAV, FLAC, MP3, Ogg or Opus files (required, here or in the config)',
    )
    .option('--out <folder>', 'where to keep the run (default: runs/NAME-NUMBER)')
    .option('--model <name>', 'waveGan, specGan or audioVae (default: waveGan)')
    .addOption(new Option('--steps <n>', 'training steps (default: 10000 if there is no other limit)').argParser(wholeNumber(1)))
    .addOption(new Option('--minutes <m>', 'minutes of training').argParser(positiveNumber))
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(
      new Option(
        '--length <n>',
        'samples in a sound: 4096, 8192, 16384, … (default: what 95 % of the sounds fit into, at most 16384)',
      ).argParser(wholeNumber(1)),
    )
    .addOption(
      new Option('--sample-rate <hz>', 'samples a second (default: what most files have, at most 16000)').argParser(
        wholeNumber(1),
      ),
    )
    .addOption(new Option('--channels <n>', '1 for mono, 2 for stereo (default: 1)').argParser(wholeNumber(1)))
    .addOption(
      new Option(
        '--slices <which>',
        'which parts of a sound are used: its beginning, all of it, or pieces at random places (default: first, or random where most sounds are long)',
      ).choices(['first', 'overlapping', 'random']),
    )
    .addOption(
      new Option(
        '--normalize <how>',
        'set the level of each sound (default: peak, or none where pieces at random places are used)',
      ).choices(['none', 'peak', 'loudness']),
    )
    .option('--trim-silence', 'cut off silence at the beginning and the end of each sound')
    .option('--conditional', 'tell the model the classes of the data, so that sample can ask for one with --class')
    .addOption(new Option('--batch <n>', 'sounds in a batch (default: 64)').argParser(wholeNumber(1)))
    .addOption(seedFlag('decides the first weights, the order of the data and all noise'))
    .option('--config <file>', 'YAML or JSON with any of these settings and all others; the run.json of a run does it again')
    .addOption(setFlag('any setting, such as model.width=16, data.classes=none, recording.previewEvery=100; may be repeated'))
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      `${examples(
        'polygan data audio ./drums',
        'polygan train audio --data ./drums --minutes 60',
        'polygan train audio --data ./digits --conditional --normalize loudness --out digits-run',
        'polygan train audio --data ./birdsong --slices random --length 16384 --sample-rate 16000',
      )}

What is said by a flag wins over --set, and that over --config. Ctrl-C saves; polygan resume goes on.`,
    )
    .action(async (_, command: Command) => {
      const { json, config, set, ...flags } = command.opts();
      const { train: run } = await import('../actions/train.js');
      const keys = Object.fromEntries(
        Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
      ) as Section;
      finish(await run('audio', { config, set, keys }, createOutput(json)));
    });
}
