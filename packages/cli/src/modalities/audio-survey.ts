import { type SoundSurvey, surveySounds } from '@polygan/audio/node';
import { UserError } from '../terminal/failure.js';
import { figure } from '../terminal/format.js';
import type { DataRequest, OpenedData, Survey } from './modality-commands.js';

/** With fewer sounds than this a network repeats what it has heard. */
const FEW = 200;
/** How to say where classes come from. */
const CLASS_RULES = {
  folders: 'by sub-folder',
  prefix: 'by what stands before the first underscore of a name',
  none: 'none: neither sub-folders nor beginnings of names that many sounds share',
} as const;

/** What sounds lie at a path, from the headers of all files. */
export async function surveyFolder(source: string, onProgress: DataRequest['onProgress']): Promise<Survey> {
  const survey = await surveySounds(source, {
    onFile: (done, total) => onProgress?.(done / total, `looking at ${done} of ${total} files`),
  });
  const { count, sampleRates, channels, formats, durations, classRule, classes, skipped, proposal } = survey;
  if (count < 2 && proposal.slices === 'first') {
    throw new UserError(`only one sound in ${source} can be used; training needs at least two, and learns from hundreds`);
  }
  const { width, ...flags } = proposal;
  return {
    count,
    facts: {
      lengths: `${seconds(durations.shortest)} to ${seconds(durations.longest)}, median ${seconds(durations.median)}; ${minutes(durations.total)} in all`,
      rates: listed(sampleRates, (rate) => `${figure(rate)} Hz`),
      channels: listed(channels, (number) => (number === 1 ? 'mono' : number === 2 ? 'stereo' : `${number} channels`)),
      formats: listed(formats, (name) => name),
      classes: CLASS_RULES[classRule],
    },
    classes: Object.fromEntries(classes),
    skipped,
    proposal: flagsOf(flags),
    remarks: remarksOn(survey),
  };
}

/** What a ready-made set holds. */
export async function surveyReadyMade({ dataset, shared }: OpenedData): Promise<Survey> {
  const { size, classNames = [] } = dataset;
  const { labels, samples } = await dataset.batch(Array.from({ length: size }, (_, i) => i));
  const counts = new Map(classNames.map((name) => [name, 0]));
  for (const label of (await labels?.data()) ?? []) counts.set(classNames[label]!, counts.get(classNames[label]!)! + 1);
  samples.dispose();
  labels?.dispose();
  return {
    count: size,
    facts: {
      lengths: seconds(Number(shared.length) / Number(shared.sampleRate)),
      rates: `${figure(Number(shared.sampleRate))} Hz`,
    },
    classes: Object.fromEntries(counts),
    skipped: [],
    proposal: { length: Number(shared.length) },
    remarks: [],
  };
}

function flagsOf({ sampleRate, length, channels, slices }: Omit<SoundSurvey['proposal'], 'width'>): Survey['proposal'] {
  return { length, 'sample-rate': sampleRate, channels, slices };
}

function remarksOn({ count, formats, durations, proposal, sampleRates }: SoundSurvey): string[] {
  const { length, sampleRate, slices } = proposal;
  const held = length / sampleRate;
  const isCut = slices === 'first' && durations.longest > held * 1.01;
  const compressed = [...formats.keys()].some((name) => name !== 'wav');
  return [
    ...(slices === 'first' && count < FEW
      ? [`So few sounds make a generator of little variety: ${FEW} are a beginning, thousands are better.`]
      : []),
    ...(isCut ? [`Only the first ${seconds(held)} of longer sounds are used; --slices overlapping uses all of them.`] : []),
    ...(slices === 'random' ? [`Most sounds are long: pieces of ${seconds(held)} are cut at random places.`] : []),
    ...(compressed && slices === 'random'
      ? [
          'Long compressed sounds are decoded whole for each piece where they do not fit in memory; as WAV files they are read in pieces.',
        ]
      : []),
    ...([...sampleRates.keys()].some((rate) => rate > sampleRate)
      ? [`Tones above ${figure(sampleRate / 2)} Hz are left out; a higher --sample-rate keeps them, and takes longer to learn.`]
      : []),
  ];
}

function listed<Key>(counts: ReadonlyMap<Key, number>, name: (key: Key) => string): string {
  const entries = [...counts];
  const [only] = entries;
  if (entries.length === 1) return name(only![0]);
  return entries.map(([key, count]) => `${name(key)} (${figure(count)})`).join(', ');
}

function seconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : figure(Math.round(value))} s`;
}

function minutes(value: number): string {
  if (value < 120) return seconds(value);
  return value < 7200 ? `${figure(Math.round(value / 60))} minutes` : `${(value / 3600).toFixed(1)} hours`;
}
