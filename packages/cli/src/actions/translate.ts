import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { SampleFiles } from '@polygan/core';
import { jointFiles, type Run } from '@polygan/core/node';
import { type AnyJointModel, FORM_NAMES, type FormName, isJoint } from '@polygan/models';
import type { JointSamples } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import { countOf, disposeOf } from '../modalities/any-samples.js';
import { heldOutTranslations, translationFiles } from '../modalities/held-out-translations.js';
import type { JointData } from '../modalities/joint-data.js';
import { modalityOf } from '../modalities/modalities.js';
import { formFiles, multimodal } from '../modalities/multimodal.js';
import { openGenerator } from '../modalities/open-generator.js';
import { type GivenForm, readForm } from '../modalities/read-form.js';
import { suggestion } from '../settings/nearest-name.js';
import type { Section } from '../settings/settings.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { exhibitIfPossible } from './exhibit-if-possible.js';
import { openDataShown } from './open-data-shown.js';
import { openRun } from './open-run.js';

/** The flags of `polygan translate`. */
export interface TranslateFlags extends EngineFlags, Partial<Readonly<Record<FormName, string>>> {
  /** The forms that are wanted, with commas between them. Default: those that are not given. */
  readonly to?: string;
  /** How many answers. */
  readonly count: number;
  readonly seed: number;
  /** Gradient steps to a code from which what is given comes out again; 0 for none. */
  readonly refine: number;
  readonly out: string;
}

/**
 * Writes other forms of a thing of which some forms are given: so many answers, each its own. Where nothing is given, of so many things that the model has not
 * seen, in every direction.
 */
export async function translate(directory: string, flags: TranslateFlags, output: Output): Promise<number> {
  const run = await openRun(directory);
  const modality = modalityOf(run.record);
  const given = FORM_NAMES.flatMap((form): GivenForm[] => (flags[form] === undefined ? [] : [{ form, value: flags[form] }]));
  await chooseEngine(flags);
  const model = await openGenerator(run, modality);
  try {
    if (!isJoint(model)) {
      throw new UserError(
        `${run.record.model.kind} knows ${modality.noun}s only; polygan train multimodal makes models that translate`,
      );
    }
    const request = { run, model, flags, output };
    await write(await (given.length > 0 ? answersTo(given, request) : heldOutThings(request)), request);
  } finally {
    model.dispose();
  }
  return 0;
}

/** Writes what was made, and says where. */
async function write({ samples, files, answers, told }: Translated, { run, model, flags, output }: Request): Promise<void> {
  const { out, seed } = flags;
  await mkdir(out, { recursive: true });
  const names = await files.writeEach(samples, out, 0);
  const preview = `translation${files.previewExtension}`;
  await files.writePreview(samples, path.join(out, preview));
  await exhibitIfPossible(run, 'translation', samples, files);
  const texts = samples.text ? ((await model.modalities.text!.decode(samples.text)) as string[]) : [];
  const count = countOf(samples);
  disposeOf(samples);
  if (answers) for (const text of texts) output.say(text);
  output.say(`${counted(count, 'thing')} in ${out}, all together in ${path.join(out, preview)}`);
  output.data({ run: run.directory, ...told, seed, out, preview, texts, files: names });
}

interface Request {
  readonly run: Run;
  readonly model: AnyJointModel;
  readonly flags: TranslateFlags;
  readonly output: Output;
}

interface Translated {
  /** The caller owns them. */
  readonly samples: JointSamples;
  readonly files: SampleFiles<JointSamples>;
  /** Whether they answer what was given, and are no overview. */
  readonly answers: boolean;
  /** What programs are told of them. */
  readonly told: object;
}

async function answersTo(given: readonly GivenForm[], { run, model, flags, output }: Request): Promise<Translated> {
  const to = wantedForms(flags.to, Object.keys(model.modalities), given);
  const samples: Record<string, tf.Tensor> = {};
  for (const each of given) {
    const { samples: one, remarks } = await blamingInput(readForm(each, model, run.record.data.options as Section));
    samples[each.form] = tf.tidy(() => tf.tile(one, [flags.count, ...one.shape.slice(1).map(() => 1)]));
    one.dispose();
    for (const remark of remarks) output.warn(remark);
  }
  const answers =
    flags.refine > 0 ? await refined(model, samples, to, flags) : model.translate(samples, to, { seed: flags.seed });
  disposeOf(samples);
  const files = jointFiles(formFiles(model.options as Section));
  return { samples: answers, files, answers: true, told: { from: given.map(({ form }) => form), to, count: flags.count } };
}

async function refined(
  model: AnyJointModel,
  given: JointSamples,
  to: readonly string[],
  { refine: steps, seed }: TranslateFlags,
): Promise<JointSamples> {
  const { codes, own } = await model.refine(given, { steps, seed });
  const answers = model.generateFrom(codes, own, to);
  tf.dispose([codes, ...Object.values(own)]);
  return answers;
}

async function heldOutThings({ run, model, flags, output }: Request): Promise<Translated> {
  if (flags.to !== undefined)
    throw new UserError('--to goes with what is to be translated: --image FILE, --audio FILE or --text WORDS');
  const { source, options } = run.record.data;
  const data = (await blamingInput(openDataShown(multimodal, { source, options: options as Section }, output))) as JointData;
  const { samples, columns } = await heldOutTranslations(model, data, flags);
  const files = translationFiles(model.options as Section, columns);
  return { samples, files, answers: false, told: { columns, count: flags.count } };
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
