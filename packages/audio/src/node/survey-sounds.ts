import type { SkippedFile } from '@polygan/core/node';
import { folderProblem, requireSounds } from './folder-problems.js';
import { listSounds } from './list-sounds.js';
import { type ClassRule, classesOfSounds } from './sound-classes.js';
import { proposalFor, type SoundProposal } from './sound-proposal.js';

/** What lies in a folder of sounds. */
export interface SoundSurvey {
  /** How many files can be read, going by their headers. */
  readonly count: number;
  /** How many files there are of each sample rate in Hz, of each number of channels, of each format; the commonest first. */
  readonly sampleRates: ReadonlyMap<number, number>;
  readonly channels: ReadonlyMap<number, number>;
  readonly formats: ReadonlyMap<string, number>;
  /** In seconds. */
  readonly durations: {
    readonly shortest: number;
    readonly median: number;
    /** 95 % are shorter. */
    readonly long: number;
    readonly longest: number;
    readonly total: number;
  };
  /** Where classes are taken from, and how many sounds each has. */
  readonly classRule: ClassRule;
  readonly classes: ReadonlyMap<string, number>;
  readonly skipped: readonly SkippedFile[];
  readonly proposal: SoundProposal;
}

/**
 * Looks at the headers of all sounds in a folder and its sub-folders, and proposes what to train with.
 *
 * @throws if the folder cannot be read or holds no sound
 */
export async function surveySounds(
  directory: string,
  { onFile, signal }: { onFile?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<SoundSurvey> {
  const list = await listSounds(directory, { ...(onFile && { onFile }), ...(signal && { signal }) }).catch(
    (error: NodeJS.ErrnoException) => {
      signal?.throwIfAborted();
      throw new Error(`surveySounds: cannot read the folder ${directory}: ${folderProblem(error)}`, { cause: error });
    },
  );
  const { sounds, skipped } = list;
  requireSounds('surveySounds', directory, sounds, list);
  const seconds = sounds.map(({ header }) => header.length / header.sampleRate).sort((a, b) => a - b);
  const { rule, classNames, labels } = classesOfSounds(sounds, 'auto');
  const counts = new Uint32Array(classNames?.length ?? 0);
  for (const label of labels ?? []) counts[label]!++;
  return {
    count: sounds.length,
    sampleRates: counted(sounds.map(({ header }) => header.sampleRate)),
    channels: counted(sounds.map(({ header }) => header.channels)),
    formats: counted(sounds.map(({ header }) => header.format)),
    durations: {
      shortest: seconds[0]!,
      median: seconds[seconds.length >> 1]!,
      long: seconds[Math.min(seconds.length - 1, Math.floor(0.95 * seconds.length))]!,
      longest: seconds.at(-1)!,
      total: seconds.reduce((sum, value) => sum + value, 0),
    },
    classRule: rule,
    classes: new Map(classNames?.map((name, label) => [name, counts[label]!])),
    skipped,
    proposal: proposalFor(sounds),
  };
}

function counted<Key>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}
