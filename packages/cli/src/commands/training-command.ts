import { Command, Option } from 'commander';
import type { Section } from '../settings/settings.js';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, positiveNumber, seedFlag, setFlag, threadsFlag, wholeNumber } from './flags.js';

/** What `polygan train KIND` has of its own. */
export interface TrainingCommandParts {
  /** The modality's name. */
  readonly kind: string;
  /** What people call many samples: 'pictures'. */
  readonly nouns: string;
  /** What may follow `--data`. */
  readonly sources: string;
  /** What may follow `--model`. */
  readonly models: string;
  /** How many steps there are where nothing else is said. */
  readonly steps?: string;
  /** Samples in a batch where nothing else is said; default 64. */
  readonly batch?: number;
  /** Flags for its data and its models. */
  readonly own: readonly Option[];
  /** What --conditional does; false where there is no such flag. */
  readonly conditional?: string | false;
  /** Settings to show as examples of `--set`. */
  readonly settings: string;
  readonly examples: readonly string[];
}

/** `polygan train KIND`: the flags that all modalities share, around those of one. */
export function trainingCommand(parts: TrainingCommandParts, finish: Finish): Command {
  const { kind, nouns, sources, models, steps = '10000 if there is no other limit', own, settings } = parts;
  const command = new Command(kind)
    .description(`train a generator of ${nouns}`)
    .option('--data <source>', `${sources} (required, here or in the config)`)
    .option('--out <folder>', 'where to keep the run (default: runs/NAME-NUMBER)')
    .option('--model <name>', models)
    .addOption(new Option('--steps <n>', `training steps (default: ${steps})`).argParser(wholeNumber(1)))
    .addOption(new Option('--minutes <m>', 'minutes of training').argParser(positiveNumber))
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag());
  for (const option of own) command.addOption(option);
  const { conditional = 'tell the model the classes of the data, so that sample can ask for one with --class', batch = 64 } =
    parts;
  if (conditional !== false) command.option('--conditional', conditional);
  return command
    .addOption(new Option('--batch <n>', `${nouns} in a batch (default: ${batch})`).argParser(wholeNumber(1)))
    .addOption(seedFlag('decides the first weights, the order of the data and all noise'))
    .option('--config <file>', 'YAML or JSON with any of these settings and all others; the run.json of a run does it again')
    .addOption(setFlag(`any setting, such as ${settings}; may be repeated`))
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      `${examples(...parts.examples)}

What is said by a flag wins over --set, and that over --config. Ctrl-C saves; polygan resume goes on.`,
    )
    .action(async (_, called: Command) => {
      const { json, config, set, ...flags } = called.opts();
      const { train } = await import('../actions/train.js');
      const said = Object.entries(flags).filter(([name]) => called.getOptionValueSource(name) === 'cli');
      finish(await train(kind, { config, set, keys: Object.fromEntries(said) as Section }, createOutput(json)));
    });
}
