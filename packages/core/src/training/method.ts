import type * as tf from '@tensorflow/tfjs';
import type { Schema } from '../options/resolve-options.js';
import type { Random } from '../random/random.js';
import type { Meter } from './meter.js';
import type { Stage } from './stages.js';
import type { State } from './state.js';

/** What the loop hands to each phase of a step. Phases borrow the batches. */
export interface Step<B> {
  /** Number of this step, from 0. */
  readonly index: number;
  /** The name of the {@link Stage} that it belongs to, where there are some. */
  readonly stage?: string;
  /** Number of this step within its stage, from 0. */
  readonly stageStep: number;
  /** Real samples that had been shown to the model before this step. */
  readonly samplesSeen: number;
  readonly batchSize: number;
  /** As many batches of real data as {@link TrainingMethod.batchesPerStep} asks for. */
  readonly batches: readonly B[];
  /** Takes the figures of this step; the report has their means. */
  readonly meter: Meter;
}

/** One part of a training step: the critic's update, the generator's, a lazy penalty, a moving average. */
export interface Phase<B> {
  readonly name: string;
  /** The {@link Stage} that it belongs to. Default: all of them. */
  readonly stage?: string;
  /** Runs at steps whose number within their stage this divides. */
  readonly every: number;
  /** Runs inside `tf.tidy` and reads nothing back, so that an engine may run the whole step at once. */
  run?(step: Step<B>): void;
  /** For work that needs values or is too much for one graph: runs before the `run` of all phases, and frees what it makes. */
  runAsync?(step: Step<B>): Promise<void>;
}

/** How a model is trained: the phases of a step and what they must remember between steps. */
export interface TrainingMethod<B> {
  readonly phases: readonly Phase<B>[];
  readonly batchesPerStep: number;
  /** The stages that it goes through. They give it a length of its own, which counts where the caller sets no limit. Default: none. */
  readonly stages?: readonly Stage[];
  /**
   * Figures that take work of their own, such as a score of fresh samples; called before each report, whose metrics they join.
   *
   * @param last the step that was the last one
   */
  measure?(last: Pick<Step<B>, 'index' | 'stage' | 'stageStep'>): Promise<Record<string, number>>;
  state(): Promise<State>;
  restore(state: State): Promise<void>;
  dispose(): void;
}

/** A model that can be trained: its networks, and the method that trains them. */
export interface Trainable<B, MethodOptions> {
  readonly networks: Readonly<Record<string, tf.LayersModel>>;
  /** The options that its training takes, beside those of the loop. */
  readonly trainingSchema: Schema;
  /** @param options as resolved by {@link trainingSchema} */
  trainingMethod(options: MethodOptions, random: Random): TrainingMethod<B>;
}
