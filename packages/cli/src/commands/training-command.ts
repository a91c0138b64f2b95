import { Command, Option } from 'commander';
import type { Section } from '../settings/settings.js';
import { shellWord } from '../terminal/format.js';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import {
  engineFlag,
  examples,
  jsonFlag,
  positiveNumber,
  proposing,
  seedFlag,
  setFlag,
  threadsFlag,
  wholeNumber,
} from './flags.js';

/** What `polygan train KIND` has of its own. */
export interface TrainingCommandParts {
  /** The modality's name. */
  readonly kind: string;
  /** What people call many samples: 'pictures'. */
  readonly nouns: string;
  /** What may follow `--data` beside {@link readyMade}. */
  readonly sources: string;
  /** The names of ready-made data. */
  readonly readyMade: readonly string[];
  /** The names of models, the default first. */
  readonly models: readonly string[];
  /** What the models are, where their names do not say it. */
  readonly aboutModels?: string;
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
  const { kind, nouns, sources, readyMade, models, steps = '10000 if there is no other limit', own, settings } = parts;
  const command = new Command(kind)
    .description(`train a generator of ${nouns}`)
    .addOption(
      proposing(
        new Option('--data <source>', `${readyMade.join(', ')}, or ${sources} (required, here or in the config)`),
        readyMade,
      ),
    )
    .option('--out <folder>', 'where to keep the run (default: runs/NAME-NUMBER)')
    .addOption(
      proposing(new Option('--model <name>', `${parts.aboutModels ?? models.join(', ')} (default: ${models[0]})`), models),
    )
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
    .option('--tensorboard', 'keep figures and previews in the form that TensorBoard reads, too')
    .option('--dry-run', 'train for some seconds, keep nothing, and say what it would take: time, memory, weights')
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      `${examples(...parts.examples)}

What is said by a flag wins over --set, and that over --config. Ctrl-C saves; polygan resume goes on.`,
    )
    .action(async (_, called: Command) => {
      const { json, config, set, dryRun: isDry, ...flags } = called.opts();
      const said = Object.entries(flags).filter(([name]) => called.getOptionValueSource(name) === 'cli');
      const asked = { config, set, keys: Object.fromEntries(said) as Section };
      if (isDry) {
        const { dryRun } = await import('../actions/dry-run.js');
        return finish(await dryRun(kind, asked, createOutput(json)));
      }
      const { train } = await import('../actions/train.js');
      finish(await train(kind, asked, commandLine(called), createOutput(json)));
    });
}

/** The command line as it was typed, save that polygan is called by its name. */
function commandLine(command: Command): string {
  const root = command.parent?.parent as (Command & { readonly rawArgs?: readonly string[] }) | undefined;
  return ['polygan', ...(root?.rawArgs ?? [])].map(shellWord).join(' ');
}
