import { access } from 'node:fs/promises';
import { writeFileAtomically } from '@polygan/core/node';
import { stringify } from 'yaml';
import { kindOf } from '../modalities/kind-of-data.js';
import { modalityNamed } from '../modalities/modalities.js';
import type { AnyModality, Survey } from '../modalities/modality-commands.js';
import { schemaAddress } from '../settings/schema-address.js';
import type { Section } from '../settings/settings.js';
import { commandName } from '../terminal/command-name.js';
import { chooseEngine } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted, shellWord } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';

/** The flags of `polygan init`. */
export interface InitFlags {
  readonly kind?: string;
  readonly out: string;
  readonly force?: boolean;
}

/** Minutes of training that are proposed: long enough to see something in every modality. */
const MINUTES = 60;
/** Pictures fewer than this are worth changing at random. */
const FEW_PICTURES = 2000;

/** Writes a config file that fits what lies at a path. */
export async function init(source: string, { kind, out, force = false }: InitFlags, output: Output): Promise<number> {
  const isThere = await access(out).then(
    () => true,
    () => false,
  );
  if (isThere && !force) throw new UserError(`init: ${out} is there already; name another file with --out, or say --force`);
  const modality = modalityNamed(kind ?? (await kindOf(source)));
  // Nothing is computed that would need a fast one.
  await chooseEngine({ engine: 'cpu' });
  const progress = showProgress(output);
  const survey = await blamingInput(
    modality.survey(source, (share, text) => progress.update(share, text)).finally(() => progress.end()),
  );
  const settings = settingsFor(source, modality, survey);
  await writeFileAtomically(out, configText(source, modality, survey, { settings, schema: schemaAddress(out, modality.kind) }));
  const command = `${commandName()} train ${modality.kind} --config ${shellWord(out)}`;
  output.say(`${source}: ${counted(survey.count, modality.noun)}. Written: ${out}`);
  for (const remark of survey.remarks) output.say(`  ${remark}`);
  output.say(`To see what it would take:\n  ${command} --dry-run\nTo train:\n  ${command}`);
  output.data({ source, kind: modality.kind, config: out, settings, remarks: survey.remarks, command });
  return 0;
}

function settingsFor(source: string, { kind }: AnyModality, { count, proposal }: Survey): Section {
  const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return {
    data: source,
    ...Object.fromEntries(Object.entries(proposal).map(([name, value]) => [camel(name), value])),
    ...(kind === 'image' && count < FEW_PICTURES && { augment: { policy: ['colour', 'translation', 'cutout'] } }),
    minutes: MINUTES,
    seed: 0,
  };
}

/** What else is worth saying stands as comments: take a '#' away to say it. */
function configText(
  source: string,
  { kind, noun, models }: AnyModality,
  survey: Survey,
  { settings, schema }: { readonly settings: Section; readonly schema: string },
): string {
  const [model, ...others] = Object.keys(models);
  const classes = Object.keys(survey.classes).length;
  const comments = [
    `model: ${model} # or ${others.join(', ')}`,
    ...(classes > 1 && kind !== 'multimodal'
      ? [`conditional: true # tell it the ${classes} classes, and sample one with --class`]
      : []),
    `out: runs/my-run # where to keep it`,
    'recording: { previewEvery: 100, checkpointEvery: 500 } # in steps',
  ];
  return [
    `# yaml-language-server: $schema=${schema}`,
    `# ${source}: ${counted(survey.count, noun)}. Everything that can be set: polygan train ${kind} --help`,
    stringify(settings).trimEnd(),
    ...comments.map((comment) => `# ${comment}`),
    '',
  ].join('\n');
}
