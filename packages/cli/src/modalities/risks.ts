import type { Batch, Dataset } from '@polygan/core';
import type { Section, Settings } from '../settings/settings.js';
import { counted, figure } from '../terminal/format.js';
import type { AnyBatch, AnyModality, AnyModel, AnySamples, OpenedData } from './modality-commands.js';
import { shareOfTwins } from './share-of-twins.js';

/** What {@link risksOf} looks at. */
export interface PlannedTraining {
  readonly modality: Pick<AnyModality, 'kind' | 'noun'>;
  readonly settings: Pick<Settings, 'training' | 'conditional'>;
  readonly data: Pick<OpenedData<AnyBatch>, 'dataset' | 'remarks'>;
  readonly model: Pick<AnyModel<AnySamples, AnyBatch>, 'networks' | 'options'>;
}

/** More weights than this for each sample: a network can learn the samples by heart. A DCGAN of width 64 on 1000 pictures has near 5000. */
const MOST_WEIGHTS_A_SAMPLE = 5000;
/** With fewer samples than this of a class, a conditional model repeats them. */
const FEW_OF_A_CLASS = 50;
/** From this share on, samples that are nearly the same are worth a word. */
const MANY_TWINS = 0.05;
/** So many classes are named. */
const NAMED = 5;

/** What is likely to spoil a training, each in words that say what to do; of the data a sample is read. */
export async function risksOf({ modality, settings, data, model }: PlannedTraining): Promise<string[]> {
  const { dataset } = data;
  const twins = modality.kind === 'multimodal' ? undefined : await shareOfTwins(dataset as Dataset<Batch>);
  return [
    // Where a remark on texts says it already, once is enough.
    ...(modality.kind === 'text' && data.remarks?.length ? [] : tooSmall(modality, settings, dataset.size, model)),
    ...smallBatches(settings.training, dataset.size, modality.noun),
    ...(settings.conditional ? rareClasses(dataset) : []),
    ...(twins === undefined || twins < MANY_TWINS ? [] : [repeated(twins, modality)]),
  ];
}

function tooSmall(
  { kind, noun }: PlannedTraining['modality'],
  { training }: PlannedTraining['settings'],
  size: number,
  { networks, options }: PlannedTraining['model'],
): string[] {
  const weights = Math.max(...Object.values(networks).map((network) => network.countParams()));
  if (weights <= MOST_WEIGHTS_A_SAMPLE * size) return [];
  const { width } = options;
  const narrower = typeof width === 'number' && width > 8 ? [`--set model.width=${width >> 1}`] : [];
  const augmented = kind === 'image' && training.augment === undefined ? ['--augment'] : [];
  const ways = [`more ${noun}s`, ...augmented, ...narrower];
  return [
    `${counted(size, noun)} are few for ${figure(weights)} weights: the networks can learn them by heart. What helps: ${ways.join(', ')}.`,
  ];
}

function smallBatches({ batchSize = 64 }: Section, size: number, noun: string): string[] {
  if (Number(batchSize) <= size) return [];
  return [`a batch of ${batchSize} holds each of the ${counted(size, noun)} more than once; --batch ${size} or less is better.`];
}

/** By the folders that the files lie in; of other data nobody knows without reading them. */
function rareClasses({ classNames = [], fileNames }: Dataset<AnyBatch>): string[] {
  if (!fileNames || classNames.length === 0) return [];
  const counts = new Map(classNames.map((name) => [name, 0]));
  for (const file of fileNames) {
    const folder = file.split('/')[0]!;
    if (counts.has(folder)) counts.set(folder, counts.get(folder)! + 1);
  }
  const rare = [...counts].filter(([, count]) => count > 0 && count < FEW_OF_A_CLASS);
  if (rare.length === 0) return [];
  const named = rare.slice(0, NAMED).map(([name, count]) => `${name} (${count})`);
  const more = rare.length > NAMED ? ` and ${rare.length - NAMED} more` : '';
  return [
    `classes of fewer than ${FEW_OF_A_CLASS}: ${named.join(', ')}${more}. The model will repeat what it has seen of them; more samples of them help, or leaving --conditional out.`,
  ];
}

function repeated(share: number, { noun }: PlannedTraining['modality']): string {
  return `about ${Math.round(100 * share)} % of the ${noun}s are nearly the same as another: a model repeats what it sees often. Keep one of each.`;
}
