import type { StageProgress } from './stages.js';

/** Why a training ended by itself. */
export type StopReason = 'steps' | 'minutes' | 'metric';

/** Something a person who watches the training should know. */
export interface TrainingWarning {
  readonly cause: 'collapse' | 'saturated discriminator' | 'vanishing gradient' | 'overfitting';
  /** What was seen, and what to try. */
  readonly message: string;
}

/** What a training says of itself every few steps. */
export interface TrainReport {
  /** Steps done, over all sessions of the run. */
  readonly step: number;
  /** Real samples shown to the model so far. */
  readonly samplesSeen: number;
  /** Means since the last report: `loss/generator`, `score/real`, …; and what the method measured for this one. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly stepsPerSecond: number;
  readonly samplesPerSecond: number;
  /** Seconds of training, over all sessions of the run. */
  readonly seconds: number;
  /** Share of the work done, 0 to 1. */
  readonly progress: number;
  /** Expected seconds to go; infinite if only a metric stops the training. */
  readonly secondsLeft: number;
  /** Of a method that goes through stages: the one that it is in. */
  readonly stage?: StageProgress;
  readonly warnings: readonly TrainingWarning[];
  /** Set on the last report. */
  readonly stopped?: StopReason;
}
