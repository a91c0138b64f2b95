import * as tf from '@tensorflow/tfjs';
import { type BatchStream, disposeBatch, iteratedBatches, shuffledBatches } from '../data/batch-stream.js';
import type { Dataset } from '../data/dataset.js';
import { partOfDataset } from '../data/part-of-dataset.js';
import { Random } from '../random/random.js';
import { Health } from './health.js';
import { type LoopOptions, type ResolvedLoopOptions, resolveTrainOptions } from './loop-options.js';
import { Meter } from './meter.js';
import type { Trainable, TrainingMethod } from './method.js';
import type { StopReason, TrainReport } from './report.js';
import { type Stage, StagePlan, stepsOf } from './stages.js';
import { type Json, joinStates, networkState, partOfState, restoreNetwork, type State } from './state.js';

/**
 * One training of a model: advances from report to report, and can be stored and restored between any two steps.
 *
 * `train` wraps it as an async iterable; a run folder drives it directly, because it stores states.
 */
export class Training<B, MethodOptions> {
  /** The options as they were resolved: everything that a second run needs to do the same. */
  readonly options: Readonly<Record<string, Json>>;
  readonly #model: Trainable<B, MethodOptions>;
  readonly #loop: ResolvedLoopOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #method: TrainingMethod<B>;
  readonly #stream: BatchStream<B>;
  /** Of stages that see samples of their own, by name. */
  readonly #stageStreams: ReadonlyMap<string, BatchStream<B>>;
  readonly #meter = new Meter();
  readonly #health = new Health();
  readonly #plan: StagePlan;
  #step = 0;
  #samplesSeen = 0;
  /** Seconds of training before this process took it up. */
  #secondsBefore = 0;

  /** @throws OptionsError where an option is unknown or out of range */
  constructor(model: Trainable<B, MethodOptions>, data: Dataset<B> | AsyncIterable<B>, options: LoopOptions & MethodOptions) {
    const { loop, method, all } = resolveTrainOptions(options, model.trainingSchema);
    const random = Random.fromSeed(loop.seed);
    this.#model = model;
    this.#signal = options.signal;
    this.#method = model.trainingMethod(method as MethodOptions, random.split('method'));
    const { stages = [] } = this.#method;
    const limit: { steps?: number } = isLimited(loop) ? {} : { steps: stepsOf(stages) || 10_000 };
    this.options = { ...all, ...limit } as Record<string, Json>;
    this.#loop = { ...loop, ...limit };
    this.#plan = new StagePlan(stages, this.#loop.steps ?? Infinity);
    this.#stream = isDataset(data) ? shuffledBatches(data, loop.batchSize, random.split('data')) : iteratedBatches(data);
    this.#stageStreams = isDataset(data) ? streamsOf(stages, data, loop.batchSize, random) : new Map();
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /**
   * Trains until the next report is due or the training is over.
   *
   * @throws TrainingError when a figure is not finite
   * @throws the signal's reason when it is aborted; the state is then that after the last whole step
   */
  async advance(): Promise<TrainReport> {
    const started = performance.now();
    const stepsBefore = this.#step;
    let stopped: StopReason | undefined;
    do {
      this.#signal?.throwIfAborted();
      await this.#runStep();
      this.#plan.endOverdue(this.#step, this.#spent(started));
      stopped = this.#limitReached(started);
    } while (!stopped && this.#step % this.#loop.reportEvery !== 0);

    const metrics = { ...(await this.#meter.read()), ...(await this.#method.measure?.(this.#placeOf(this.#step - 1))) };
    const warnings = this.#health.check(metrics, this.#step);
    const elapsed = (performance.now() - started) / 1000;
    this.#secondsBefore += elapsed;
    this.#plan.record(stepsBefore, this.#step, elapsed);
    const stepsPerSecond = (this.#step - stepsBefore) / elapsed;
    stopped ??= this.#metricReached(metrics);
    const stage = this.#plan.stageOutlook(this.#step);
    return {
      step: this.#step,
      samplesSeen: this.#samplesSeen,
      metrics,
      stepsPerSecond,
      samplesPerSecond: stepsPerSecond * this.#loop.batchSize,
      seconds: this.#secondsBefore,
      ...this.#outlook(stopped),
      ...(stage && { stage }),
      warnings,
      ...(stopped && { stopped }),
    };
  }

  /** Everything that is needed to go on from here: weights, optimizers, averages, random streams, place in the data. */
  async state(): Promise<State> {
    const networks: Record<string, State> = {};
    for (const [name, network] of Object.entries(this.#model.networks)) {
      networks[`network-${name}`] = { tensors: await networkState(network), values: {} };
    }
    const stageBeginnings = this.#plan.movedBeginnings;
    const place = {
      step: this.#step,
      samplesSeen: this.#samplesSeen,
      seconds: this.#secondsBefore,
      dataPosition: this.#stream.position,
      ...(stageBeginnings && { stageBeginnings: [...stageBeginnings] }),
    };
    return joinStates({ ...networks, method: await this.#method.state(), loop: { tensors: {}, values: place } });
  }

  /**
   * Takes up a stored state; before the first {@link advance}.
   *
   * @throws if the stored weights do not fit the model
   */
  async restore(state: State): Promise<void> {
    for (const [name, network] of Object.entries(this.#model.networks)) {
      restoreNetwork(name, network, partOfState(state, `network-${name}`).tensors);
    }
    await this.#method.restore(partOfState(state, 'method'));
    const { stageBeginnings, ...place } = partOfState(state, 'loop').values as Record<
      'step' | 'samplesSeen' | 'seconds' | 'dataPosition',
      number
    > & { readonly stageBeginnings?: readonly number[] };
    if (stageBeginnings) this.#plan.beginAt(stageBeginnings);
    this.#step = place.step;
    this.#samplesSeen = place.samplesSeen;
    this.#secondsBefore = place.seconds;
    await this.#stream.seek(place.dataPosition);
    const { stage, stageStep } = this.#placeOf(place.step);
    await this.#stageStreams.get(stage ?? '')?.seek(stageStep * this.#method.batchesPerStep);
  }

  /** Frees what the training owns; the model stays. */
  async dispose(): Promise<void> {
    for (const stream of [this.#stream, ...this.#stageStreams.values()]) await stream.close();
    this.#meter.dispose();
    this.#method.dispose();
  }

  async #runStep(): Promise<void> {
    const batches: B[] = [];
    try {
      const { batchSize } = this.#loop;
      const place = this.#placeOf(this.#step);
      const { stage, stageStep } = place;
      const stream = this.#stageStreams.get(stage ?? '') ?? this.#stream;
      while (batches.length < this.#method.batchesPerStep) batches.push(await stream.next());
      const step = { ...place, samplesSeen: this.#samplesSeen, batchSize, batches, meter: this.#meter };
      const due = this.#method.phases.filter((phase) => (phase.stage ?? stage) === stage && stageStep % phase.every === 0);
      for (const phase of due) await phase.runAsync?.(step);
      tf.tidy(() => {
        for (const phase of due) phase.run?.(step);
      });
    } finally {
      for (const batch of batches) disposeBatch(batch);
    }
    this.#step += 1;
    this.#samplesSeen += batches.length * this.#loop.batchSize;
    await nextTurn();
  }

  #placeOf(index: number): { index: number; stage?: string; stageStep: number } {
    return { index, ...this.#plan.at(index) };
  }

  #limitReached(started: number): StopReason | undefined {
    if (this.#step >= (this.#loop.steps ?? Infinity)) return 'steps';
    return this.#spent(started) >= 1 ? 'minutes' : undefined;
  }

  /** The share of its minutes that it has spent; 0 where it is not limited by them. */
  #spent(started: number): number {
    const seconds = this.#secondsBefore + (performance.now() - started) / 1000;
    return seconds / ((this.#loop.minutes ?? Infinity) * 60);
  }

  #metricReached(metrics: Readonly<Record<string, number>>): StopReason | undefined {
    const { until } = this.#loop;
    const value = until && metrics[until.metric];
    if (!until || value === undefined) return undefined;
    return value <= (until.below ?? -Infinity) || value >= (until.above ?? Infinity) ? 'metric' : undefined;
  }

  #outlook(stopped: StopReason | undefined): { progress: number; secondsLeft: number } {
    if (stopped) return { progress: 1, secondsLeft: 0 };
    const { minutes = Infinity } = this.#loop;
    const bySteps = this.#plan.outlook(this.#step);
    const byMinutes = { progress: this.#secondsBefore / (minutes * 60), secondsLeft: minutes * 60 - this.#secondsBefore };
    return bySteps.secondsLeft < byMinutes.secondsLeft ? bySteps : byMinutes;
  }
}

function isLimited({ steps, minutes, until }: ResolvedLoopOptions): boolean {
  return steps !== undefined || minutes !== undefined || until !== undefined;
}

function isDataset<B>(data: Dataset<B> | AsyncIterable<B>): data is Dataset<B> {
  return 'batch' in data && 'size' in data;
}

function streamsOf<B>(
  stages: readonly Stage[],
  data: Dataset<B>,
  batchSize: number,
  random: Random,
): ReadonlyMap<string, BatchStream<B>> {
  const streams = stages.flatMap(({ name, samplesOf }) => {
    const numbers = samplesOf?.(data);
    if (!numbers) return [];
    return [[name, shuffledBatches(partOfDataset(data, numbers), batchSize, random.split(`data of ${name}`))] as const];
  });
  return new Map(streams);
}

/** Lets timers, signals and input have their turn: an engine that runs on this thread would keep them waiting. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => (typeof setImmediate === 'function' ? setImmediate(resolve) : setTimeout(resolve)));
}
