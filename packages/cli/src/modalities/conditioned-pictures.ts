import path from 'node:path';
import {
  type Batch,
  conditionedDataset,
  type Dataset,
  listOf,
  nested,
  number,
  optional,
  partOfDataset,
  type Resolved,
  string,
} from '@polygan/core';
import {
  PICTURE_REDUCTIONS,
  type PictureChannels,
  type PictureReduction,
  reducedChannels,
  reducedPictures,
} from '@polygan/image';
import { openPictures, type PictureDataset, pairedPictures } from '@polygan/image/node';
import type { Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import type { DataRequest, OpenedData } from './modality-commands.js';
import { readAttributes } from './picture-attributes.js';

/** What pictures are made under, as options of the data. */
export const conditionOptions = {
  /** A reduction of the picture itself, or a folder of pictures with the same names. */
  from: optional(string()),
  /** Attributes that the metadata tell; an empty list for all of them. */
  attributes: optional(listOf(nested({ name: string(), mean: optional(number()), deviation: optional(number({ above: 0 })) }))),
};

/** As {@link conditionOptions} has them. */
export type Conditions = Resolved<typeof conditionOptions>;

/** Whether pictures are made from what is left of them, rather than from those of another folder. */
export function isReduction(from: string): from is PictureReduction {
  return (PICTURE_REDUCTIONS as readonly string[]).includes(from);
}

/** The data with what each picture is to be made under, where something is asked for. */
export async function conditionedPictures(opened: OpenedData, conditions: Conditions, request: DataRequest): Promise<OpenedData> {
  const { from, attributes } = conditions;
  if (from !== undefined && attributes) throw new UserError('--from and --attributes cannot go together; leave one of them out');
  if (from !== undefined) return isReduction(from) ? fromReduction(opened, from) : fromFolder(opened, from, request);
  return attributes ? withAttributes(opened, attributes, request) : opened;
}

function fromReduction(opened: OpenedData, from: PictureReduction): OpenedData {
  const fromChannels = reducedChannels(from, opened.shared.channels as PictureChannels);
  return conditioned(opened, reducedPictures(opened.dataset, from), { model: { fromChannels }, data: { from } });
}

async function fromFolder(opened: OpenedData, from: string, { onProgress, signal }: DataRequest): Promise<OpenedData> {
  // An absolute path: the run must find its data again from wherever it is resumed.
  const folder = path.resolve(from);
  const partners = await openPictures(folder, {
    size: opened.shared.size as number,
    classes: 'none',
    onProgress: ({ done, total }) => onProgress?.(done / total, `reading ${path.basename(folder)}, ${done} of ${total} files`),
    ...(signal && { signal }),
  });
  const dataset = pairedPictures(opened.dataset as PictureDataset, partners);
  const fromChannels = partners.sampleShape[2] as PictureChannels;
  const { openTest, ...rest } = opened;
  return conditioned({ ...rest, skipped: dataset.skipped }, dataset, { model: { fromChannels }, data: { from: folder } });
}

async function withAttributes(
  opened: OpenedData,
  asked: NonNullable<Conditions['attributes']>,
  { source }: DataRequest,
): Promise<OpenedData> {
  const { dataset } = opened;
  if (!dataset.fileNames) throw new UserError(`--attributes: ${source} is no folder of pictures with metadata`);
  const table = await readAttributes(source, dataset.fileNames, asked);
  const numbers = table.rows.flatMap((row, i) => (row ? [i] : []));
  const unsaid = dataset.fileNames.filter((_, i) => !table.rows[i]);
  const values = numbers.flatMap((i) => [...table.rows[i]!]);
  const { attributes, fingerprint } = table;
  const part = partOfDataset(dataset, numbers);
  const told = conditionedDataset(part, { values, conditionShape: [attributes.length], fingerprint });
  const { openTest, ...rest } = opened;
  const skipped = [...opened.skipped, ...unsaid.map((name) => ({ name, reason: 'its attributes are not all told' }))];
  const data = { attributes: attributes.map((each) => ({ ...each })) };
  return conditioned({ ...rest, skipped }, told, { model: { attributes: attributes.length }, data });
}

/** The data with conditions, and what model and run must know of them. */
function conditioned(
  opened: OpenedData,
  dataset: Dataset<Batch>,
  { model, data }: { readonly model: Section; readonly data: Section },
): OpenedData {
  return {
    ...opened,
    dataset,
    likeThese: opened.likeThese ?? opened.shared,
    shared: { ...opened.shared, ...model },
    options: { ...opened.options, ...data },
  };
}
