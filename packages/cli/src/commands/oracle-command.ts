import { Command, Option } from 'commander';
import { createOutput } from '../terminal/output.js';
import type { Finish } from './command-context.js';
import { engineFlag, examples, jsonFlag, seedFlag, setFlag, threadsFlag, wholeNumber } from './flags.js';

const SCHEDULES = ['short', 'released', 'paper'];
const METHODS = ['seqgan', 'mle', 'scheduledSampling', 'pgBleu'];

/** `polygan oracle`. */
export function oracleCommand(finish: Finish): Command {
  return new Command('oracle')
    .description("run SeqGAN's synthetic experiment: learn to write what an LSTM with random weights writes, and be judged by it")
    .addOption(new Option('--method <name>', 'what learns').choices(METHODS).default('seqgan'))
    .addOption(
      new Option(
        '--schedule <name>',
        "how long a SeqGAN learns: short, or as in its released code or its paper's, days (default: short)",
      ).choices(SCHEDULES),
    )
    .option(
      '--oracle-weights <file>',
      "weights of the oracle, a safetensors file with the names of SeqGAN's released code (default: drawn)",
    )
    .addOption(new Option('--oracle-seed <n>', 'decides the weights of a drawn oracle').argParser(wholeNumber(0)).default(0))
    .addOption(new Option('--length <n>', 'tokens in a row').argParser(wholeNumber(2)).default(20))
    .addOption(seedFlag('decides first weights, the rows to learn from and their order'))
    .addOption(setFlag("any option of the method's training, such as preTraining=1000, adversarialUpdates=50; may be repeated"))
    .addOption(engineFlag('auto, the fastest that works'))
    .addOption(threadsFlag())
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples(
        'polygan oracle',
        'polygan oracle --method mle --set steps=20000',
        'polygan oracle --oracle-weights target_params.safetensors --json',
      ),
    )
    .action(async ({ json, set = [], ...flags }: Record<string, never> & { json?: boolean; set?: readonly string[] }) => {
      const { oracle } = await import('../actions/oracle.js');
      const { settingsFromFlags } = await import('../settings/set-flags.js');
      const { training } = settingsFromFlags(
        set.map((setting) => `training.${setting}`),
        () => [],
      );
      finish(await oracle({ ...flags, training } as unknown as Parameters<typeof oracle>[0], createOutput(json)));
    });
}
