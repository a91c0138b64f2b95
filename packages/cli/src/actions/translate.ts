import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Run } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { disposeOf } from '../modalities/any-samples.js';
import { isJoint } from '../modalities/joint-model.js';
import { modalityOf } from '../modalities/modalities.js';
import { filesFor } from '../modalities/model-form.js';
import { FORM_NAMES, type FormName } from '../modalities/multimodal-defaults.js';
import { openGenerator } from '../modalities/open-generator.js';
import { type GivenForm, readForm } from '../modalities/read-form.js';
import { suggestion } from '../settings/nearest-name.js';
import type { Section } from '../settings/settings.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';

/** The flags of `polygan translate`. */
export interface TranslateFlags extends EngineFlags, Partial<Readonly<Record<FormName, string>>> {
  /** The forms that are wanted, with commas between them. Default: those that are not given. */
  readonly to?: string;
  /** How many answers. */
  readonly count: number;
  readonly seed: number;
  readonly out: string;
}

/** Writes other forms of a thing of which some forms are given: so many answers, each its own. */
export async function translate(directory: string, flags: TranslateFlags, output: Output): Promise<number> {
  const given = FORM_NAMES.flatMap((form): GivenForm[] => (flags[form] === undefined ? [] : [{ form, value: flags[form] }]));
  if (given.length === 0)
    throw new UserError('say what is to be translated: --image FILE, --audio FILE or --text WORDS, or several');
  const run = await Run.open(directory);
  const modality = modalityOf(run.record);
  await chooseEngine(flags);
  const model = await openGenerator(run, modality);
  if (!isJoint(model)) {
    throw new UserError(
      `${run.record.model.kind} knows ${modality.noun}s only; polygan train multimodal makes models that translate`,
    );
  }
  const to = wantedForms(flags.to, Object.keys(model.modalities), given);

  const samples: Record<string, tf.Tensor> = {};
  for (const each of given) {
    const { samples: one, remarks } = await blamingInput(readForm(each, model, run.record.data.options as Section));
    samples[each.form] = tf.tidy(() => tf.tile(one, [flags.count, ...one.shape.slice(1).map(() => 1)]));
    one.dispose();
    for (const remark of remarks) output.warn(remark);
  }
  const answers = model.translate(samples, to, { seed: flags.seed });
  const files = filesFor(modality, model);
  await mkdir(flags.out, { recursive: true });
  const names = await files.writeEach(answers, flags.out, 0);
  const preview = `translation${files.previewExtension}`;
  await files.writePreview(answers, path.join(flags.out, preview));
  const texts = answers.text ? ((await model.modalities.text!.decode(answers.text)) as string[]) : [];
  disposeOf(samples, answers);
  model.dispose();

  for (const text of texts) output.say(text);
  output.say(`${counted(flags.count, 'answer')} in ${flags.out}, all together in ${path.join(flags.out, preview)}`);
  output.data({
    run: directory,
    from: given.map(({ form }) => form),
    to,
    count: flags.count,
    seed: flags.seed,
    out: flags.out,
    preview,
    texts,
    files: names,
  });
  return 0;
}

function wantedForms(asked: string | undefined, known: readonly string[], given: readonly GivenForm[]): string[] {
  if (asked === undefined) {
    const others = known.filter((name) => !given.some(({ form }) => form === name));
    if (others.length === 0) throw new UserError('all forms are given; say with --to which of them are wanted anew');
    return others;
  }
  const names = asked.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UserError(`--to: unknown form '${unknown}'${suggestion(unknown, known)}`);
  return names;
}
