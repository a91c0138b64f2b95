import { type Command, Option } from 'commander';
import type { Finish } from './command-context.js';
import { wholeNumber } from './flags.js';
import { trainingCommand } from './training-command.js';

/** `polygan train audio`. */
export function trainAudioCommand(finish: Finish): Command {
  return trainingCommand(
    {
      kind: 'audio',
      nouns: 'sounds',
      sources: 'a folder of WAV, FLAC, MP3, Ogg or Opus files',
      readyMade: ['spoken-digits', 'drums'],
      models: ['waveGan', 'specGan', 'audioVae'],
      batch: 16,
      own: [
        new Option(
          '--length <n>',
          'samples in a sound: 4096, 8192, 16384, … (default: what 95 % of the sounds fit into, at most 16384)',
        ).argParser(wholeNumber(1)),
        new Option('--sample-rate <hz>', 'samples a second (default: what most files have, at most 16000)').argParser(
          wholeNumber(1),
        ),
        new Option('--channels <n>', '1 for mono, 2 for stereo (default: 1)').argParser(wholeNumber(1)),
        new Option(
          '--slices <which>',
          'which parts of a sound are used: its beginning, all of it, or pieces at random places (default: first, or random where most sounds are long)',
        ).choices(['first', 'overlapping', 'random']),
        new Option(
          '--normalize <how>',
          'set the level of each sound (default: peak, or none where pieces at random places are used)',
        ).choices(['none', 'peak', 'loudness']),
        new Option(
          '--clusters <n>',
          'groups of sounds that are alike, found before training, which the model is told: they bring variety; 0 for none (default: as many as fit the number of sounds, within classes with --conditional)',
        ).argParser(wholeNumber(0)),
        new Option('--trim-silence', 'cut off silence at the beginning and the end of each sound'),
      ],
      settings: 'model.width=16, data.classes=none, recording.previewEvery=100',
      examples: [
        'polygan data ./drums',
        'polygan train audio --data ./drums --minutes 60',
        'polygan train audio --data ./digits --conditional --out digits-run',
        'polygan train audio --data ./birdsong --slices random --length 16384 --sample-rate 16000',
      ],
    },
    finish,
  );
}
