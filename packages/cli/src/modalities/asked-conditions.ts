import { stat } from 'node:fs/promises';
import { type Batch, conditionsOf, type Dataset, samplesAt } from '@polygan/core';
import type { RunRecord } from '@polygan/core/node';
import { type PictureChannels, pictureModality, reducePictures } from '@polygan/image';
import { openPictures, readPicture } from '@polygan/image/node';
import * as tf from '@tensorflow/tfjs';
import { suggestion } from '../settings/nearest-name.js';
import { UserError } from '../terminal/failure.js';
import { isReduction } from './conditioned-pictures.js';
import type { Attribute } from './picture-attributes.js';

/** What samples are to be made under, as people say it. */
export interface AskedConditions {
  /** `age=31,smiling=1` */
  readonly attributes?: string;
  /** A picture, or a folder of some. */
  readonly from?: string;
}

/** What {@link askedConditions} is asked for. */
export interface ConditionRequest {
  readonly record: RunRecord;
  readonly asked: AskedConditions;
  /** How many conditions of the data there may be at most, where they are from there, and which. */
  readonly count: number;
  readonly seed: number;
  /** Opens the data of the run. */
  openData(): Promise<Dataset<Batch>>;
}

/**
 * What a model of pictures is told, `[n, ...conditionShape]`: what people ask for, and for all that they do not say, what the data have. The caller owns it; undefined where the
 * model is told nothing.
 *
 * @throws UserError if something is asked for that the model does not know
 */
export async function askedConditions(request: ConditionRequest): Promise<tf.Tensor | undefined> {
  const { record, asked } = request;
  const { from, attributes } = record.data.options as { from?: string; attributes?: readonly Attribute[] };
  if (asked.from !== undefined && from === undefined)
    throw new UserError('--from: the model of this run makes its pictures from no others');
  if (asked.attributes !== undefined && !attributes) throw new UserError('--attributes: the model of this run is told none');
  if (from !== undefined && asked.from !== undefined) return ofPictures(asked.from, from, record);
  if (attributes) return withAttributes(attributes, asked.attributes, request);
  return from === undefined ? undefined : ofData(request);
}

async function ofData({ openData, count, seed }: ConditionRequest): Promise<tf.Tensor> {
  return (await conditionsOf(await openData(), { count, seed }))!;
}

/** Pictures that the user hands in, reduced as those of the data were, where they were. */
async function ofPictures(source: string, from: string, { data, model }: RunRecord): Promise<tf.Tensor> {
  const { size, channels: own } = data.options as { size: number; channels: PictureChannels };
  const channels = isReduction(from) ? own : (model.options.fromChannels as PictureChannels);
  const pictures = (await readPictures(source, size, channels)) as tf.Tensor4D;
  if (!isReduction(from)) return pictures;
  const reduced = reducePictures(pictures, from);
  pictures.dispose();
  return reduced;
}

async function readPictures(source: string, size: number, channels: PictureChannels): Promise<tf.Tensor> {
  const found = await stat(source).catch(() => undefined);
  if (!found) throw new UserError(`--from: there is nothing at ${source}`);
  if (found.isFile()) return pictureModality({ size, channels }).encode([await readPicture(source, { size, channels })]);
  const pictures = await openPictures(source, { size, channels, classes: 'none' });
  return samplesAt(pictures, Array.from({ length: pictures.size }, (_, i) => i)); // biome-ignore format: one thought
}

/** Rows of the data, with those attributes as they are asked for. */
async function withAttributes(
  attributes: readonly Attribute[],
  asked: string | undefined,
  request: ConditionRequest,
): Promise<tf.Tensor> {
  const wanted = new Map(asked === undefined ? [] : parsed(asked, attributes));
  const told = attributes.map(({ name, mean, deviation }) => {
    const value = wanted.get(name);
    return value === undefined ? undefined : (value - mean) / deviation;
  });
  // Where everything is said the data are not needed, and may be gone.
  if (told.every((value) => value !== undefined)) return tf.tensor2d([told as number[]]);
  const rows = (await ofData(request)) as tf.Tensor2D;
  const values = (await rows.array()).map((row) => row.map((value, i) => told[i] ?? value));
  rows.dispose();
  return tf.tensor2d(values);
}

function parsed(asked: string, attributes: readonly Attribute[]): [string, number][] {
  const names = attributes.map(({ name }) => name);
  return asked.split(',').map((part) => {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim());
    if (!names.includes(name)) throw new UserError(`--attributes: unknown attribute '${name}'${suggestion(name, names)}`);
    if (value === '' || !Number.isFinite(Number(value)))
      throw new UserError(`--attributes: '${part}' must say how much, such as ${name}=1`);
    return [name, Number(value)];
  });
}
