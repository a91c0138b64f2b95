import { createHash } from 'node:crypto';
import path from 'node:path';
import { soundFolder } from '@polygan/audio/node';
import { type Batch, type Dataset, number, Random, resolveOptions } from '@polygan/core';
import type { SkippedFile } from '@polygan/core/node';
import { type PictureFolderOptions, pictureFolder } from '@polygan/image/node';
import { FORM_NAMES, type FormName, MULTIMODAL_DEFAULTS } from '@polygan/models';
import { suggestion } from '../settings/nearest-name.js';
import { isSection, type Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import { cutRemarks } from './cut-remarks.js';
import { type Aspect, type JointData, type JointPart, jointData, textPart } from './joint-data.js';
import type { DataRequest } from './modality-commands.js';
import { type MetadataRow, readMetadata } from './read-metadata.js';

/** One form of all rows. */
interface OpenedForm extends JointPart {
  readonly dataset: Dataset<Batch>;
  readonly indices: readonly number[];
  readonly shared: Section;
  readonly skipped: readonly SkippedFile[];
  readonly remarks?: readonly string[];
}

/** With fewer samples there is nothing to learn from. */
const FEWEST = 2;

/**
 * Things of which `metadata.jsonl` (or `.csv`) of a folder says which files and words belong together. Broken files and lines are named and left out; a row is
 * used for the forms that remain. Options: `heldOut`, the share of rows that is kept for scores, and those of each form under `modalities`.
 */
export async function openFolderOfThings({ source, options, onProgress, signal }: DataRequest): Promise<JointData> {
  const { modalities = {}, ...rest } = options;
  const { heldOut } = resolveOptions('data', rest, { heldOut: number({ min: 0, max: 0.9, default: 0.1 }) });
  const given = formOptions(modalities as Section);
  const metadata = await readMetadata(source);
  const { rows } = metadata;
  const progressOf = ({ done, total }: { done: number; total: number }) =>
    onProgress?.(done / total, `reading ${path.basename(source)}, ${done} of ${total} files`);
  const how = { onProgress: progressOf, ...(signal && { signal }) };

  const open: Readonly<Record<FormName, () => Promise<OpenedForm>>> = {
    async image() {
      const asked = { classes: 'none', ...given.image, ...how } as unknown as PictureFolderOptions;
      const dataset = await pictureFolder(source, asked);
      const [size, , channels] = dataset.sampleShape;
      return { ...filesOf(rows, 'image', dataset), shared: { size, channels } };
    },
    async audio() {
      const dataset = await soundFolder(source, { classes: 'none', ...given.audio, slices: 'first', ...how });
      const [length, channels] = dataset.sampleShape;
      const remarks = cutRemarks(dataset, '--set data.modalities.audio.length=');
      return { ...filesOf(rows, 'audio', dataset), shared: { length, channels, sampleRate: dataset.sampleRate }, remarks };
    },
    async text() {
      const texts = rows.map(({ text }) => text);
      return { ...(await textPart(texts, given.text)), skipped: [] };
    },
  };
  const wanted = FORM_NAMES.filter((name) => rows.filter((row) => row[name] !== undefined).length >= FEWEST);
  const forms: Partial<Record<FormName, OpenedForm>> = {};
  for (const name of wanted) forms[name] = await open[name]();
  const opened = Object.entries(forms);
  if (opened.length < 2) {
    throw new UserError(
      `${path.join(source, metadata.file)} must name things in two forms at least (image_file_name, audio_file_name, text), on ${FEWEST} lines or more each; ` +
        `of its ${rows.length} lines ${FORM_NAMES.map((name) => `${rows.filter((row) => row[name] !== undefined).length} have ${name}`).join(', ')}`,
    );
  }

  const usable = [...rows.keys()].filter((row) => opened.some(([, { indices }]) => indices[row]! >= 0));
  const [test, training] = parted(usable, rows, heldOut);
  const only = (chosen: readonly number[]) =>
    Object.fromEntries(
      opened.map(([name, { dataset, indices }]) => [name, { dataset, indices: chosen.map((row) => indices[row]!) }]),
    );
  const kept = test.length > 0 ? test : training;
  const shared = Object.fromEntries(opened.map(([name, form]) => [name, form.shared]));
  return jointData({
    parts: only(training),
    heldOut: only(kept),
    aspects: labelAspect(rows, training, kept),
    fingerprint: createHash('sha1')
      .update(JSON.stringify([training, rows]))
      .digest('hex'),
    shared: { modalities: shared },
    options: {
      heldOut,
      modalities: Object.fromEntries(opened.map(([name, form]) => [name, { ...given[name as FormName], ...form.shared }])),
    },
    remarks: opened.flatMap(([, { remarks = [] }]) => remarks),
    skipped: [...metadata.skipped, ...opened.flatMap(([, { skipped }]) => skipped)],
  });
}

/** How each form is to be read. */
function formOptions(given: Section): Readonly<Record<FormName, Section>> {
  const unknown = Object.keys(given).find((name) => !(FORM_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) throw new UserError(`data.modalities: unknown form '${unknown}'${suggestion(unknown, FORM_NAMES)}`);
  const own = (name: FormName) => ({ ...MULTIMODAL_DEFAULTS.data[name], ...(isSection(given[name]) ? given[name] : {}) });
  return { image: own('image'), audio: own('audio'), text: own('text') };
}

/** Which file of a folder belongs to each row. */
function filesOf(
  rows: readonly MetadataRow[],
  form: 'image' | 'audio',
  dataset: Dataset<Batch> & { readonly skipped: readonly SkippedFile[] },
): Omit<OpenedForm, 'shared'> {
  const numbers = new Map(dataset.fileNames!.map((name, number) => [name, number]));
  const broken = new Set(dataset.skipped.map(({ name }) => name));
  const named = new Set(rows.map((row) => row[form]).filter((name) => name !== undefined));
  const absent = [...named].filter((name) => !numbers.has(name) && !broken.has(name));
  return {
    dataset,
    indices: rows.map((row) => numbers.get(row[form] ?? '') ?? -1),
    skipped: [
      ...dataset.skipped.filter(({ name }) => named.has(name)),
      ...absent.map((name) => ({ name, reason: 'there is no such file, or its ending is not known' })),
    ],
  };
}

/** Rows in two parts, the first of about this share. Rows that are alike in what they say are on one side. */
function parted(usable: readonly number[], rows: readonly MetadataRow[], share: number): [number[], number[]] {
  const isHeldOut = (row: number) => Random.fromSeed(JSON.stringify(rows[row])).uniform() < share;
  return [usable.filter(isHeldOut), usable.filter((row) => !isHeldOut(row))];
}

/** The classes of things, where lines name at least two. */
function labelAspect(rows: readonly MetadataRow[], training: readonly number[], heldOut: readonly number[]): Aspect[] {
  const names = rows.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const classNames = [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
  if (classNames.length < 2) return [];
  // Classes that are not named are -1, as no class is.
  const labelsOf = (chosen: readonly number[]) => chosen.map((row) => classNames.indexOf(rows[row]!.label ?? ''));
  return [{ name: 'label', classNames, labels: labelsOf(training), heldOutLabels: labelsOf(heldOut) }];
}
