import { boolean, integer, nested, oneOf, optional, positiveInteger, resolveOptions, type Schema, string } from '@polygan/core';
import type { RecordingOptions } from '@polygan/core/node';
import type { Section } from '../settings/settings.js';

/** What a run keeps, and how often; the section `recording` of the settings. */
export type Recording = Required<Pick<RecordingOptions, 'previewEvery' | 'previewCount' | 'checkpointEvery' | 'keep'>> &
  Pick<RecordingOptions, 'best'> & {
    /** Whether there is an event file for TensorBoard. */
    readonly tensorBoard: boolean;
  };

/**
 * The section `recording` with its defaults.
 *
 * @param training the limits of the training: a short one gets previews more often, so that there are about twenty
 * @throws OptionsError for a key that is unknown or out of range
 */
export function resolveRecording(given: Section, training: Section): Recording {
  return resolveOptions('recording', given, recordingSchema(training));
}

/** The fields of the section, for a training with these limits. */
export function recordingSchema(training: Section) {
  return {
    previewEvery: positiveInteger({ default: previewInterval(training) }),
    previewCount: integer({ min: 1, max: 1024, default: 64 }),
    checkpointEvery: positiveInteger({ default: 500 }),
    keep: positiveInteger({ default: 2 }),
    tensorBoard: boolean({ default: false }),
    best: optional(nested({ metric: string(), goal: oneOf(['lowest', 'highest']) })),
  } satisfies Schema;
}

function previewInterval({ steps, minutes }: Section): number {
  if (typeof steps === 'number') return Math.min(200, Math.max(1, Math.round(steps / 20)));
  return minutes === undefined ? 200 : 50;
}
