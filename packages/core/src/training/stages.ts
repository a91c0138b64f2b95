import type { Dataset } from '../data/dataset.js';

/** A part of a training with work of its own, such as pre-training. Stages follow each other. */
export interface Stage {
  /** 'pre-training', 'adversarial', … */
  readonly name: string;
  /** Steps that it lasts; the last stage goes on for as long as the training does. */
  readonly steps: number;
  /** What a step costs, against the steps of the other stages: times to go are expected by it. Default 1. */
  readonly cost?: number;
  /** Of a training that is limited by minutes: the share of them, 0 to 1, after which it is over at the latest. Default: it takes its steps. */
  readonly latestEnd?: number;
  /** The numbers of the samples that its batches are made of; undefined for all. Data that cannot be asked by number are taken as they come. */
  samplesOf?(data: Dataset<unknown>): readonly number[] | undefined;
}

/** Where a training stands in its stage. */
export interface StageProgress {
  readonly name: string;
  /** Share of the stage's work done, 0 to 1. */
  readonly progress: number;
  /** Expected seconds until the stage is over. */
  readonly secondsLeft: number;
}

/** One stage laid out over the steps of a training. */
interface Span {
  /** Without a name where the method declares no stages. */
  readonly name?: string;
  readonly from: number;
  readonly until: number;
  readonly cost: number;
  readonly latestEnd?: number;
}

/** Reports over which the pace is taken: steps of one stage may cost different times, too. */
const PACE_REPORTS = 10;

/** The stages of one training laid out over its steps, and the time that they are expected to take. */
export class StagePlan {
  #spans: readonly Span[];
  #isMoved = false;
  /** Work done and seconds spent, of the last reports. */
  readonly #paces: { readonly work: number; readonly seconds: number }[] = [];

  /**
   * @param stages as a method declares them; none is one nameless stage
   * @param steps where the training ends: the last stage is stretched to it, and what lies behind it is cut off
   */
  constructor(stages: readonly Stage[], steps: number) {
    const spans: Span[] = [];
    for (const { name, steps: lasting, cost = 1, latestEnd } of stages) {
      const from = spans.at(-1)?.until ?? 0;
      spans.push({ name, from, until: Math.min(from + lasting, steps), cost, ...(latestEnd !== undefined && { latestEnd }) });
    }
    const last = spans.pop() ?? { from: 0, cost: 1 };
    this.#spans = [...spans, { ...last, until: steps }];
  }

  /** The name of the stage that a step belongs to, and the number of the step within it. */
  at(step: number): { readonly stage?: string; readonly stageStep: number } {
    const { name, from } = this.#spanOf(step);
    return { ...(name !== undefined && { stage: name }), stageStep: step - from };
  }

  /** The steps with which all stages but the first begin, if those are others than the stages' own steps say. */
  get movedBeginnings(): readonly number[] | undefined {
    return this.#isMoved ? this.#beginnings : undefined;
  }

  /** Lays stages out as they were when {@link movedBeginnings} were these. */
  beginAt(beginnings: readonly number[]): void {
    this.#isMoved = true;
    this.#spans = this.#spans.map((span, i) => ({
      ...span,
      from: i === 0 ? 0 : beginnings[i - 1]!,
      until: beginnings[i] ?? span.until,
    }));
  }

  /**
   * Ends the stage that a step would belong to with the step before, if it has had its share of the time; all that follows comes so much earlier.
   *
   * @param spent the share of its time that the training has spent, 0 to 1
   */
  endOverdue(step: number, spent: number): void {
    const span = this.#spanOf(step);
    if (span === this.#spans.at(-1) || step === span.from || spent < (span.latestEnd ?? Infinity)) return;
    const left = span.until - step;
    this.beginAt(this.#beginnings.map((beginning) => (beginning > step ? beginning - left : beginning)));
  }

  /** Takes note of what has been done since the last report. */
  record(from: number, until: number, seconds: number): void {
    this.#paces.push({ work: this.#work(until) - this.#work(from), seconds });
    if (this.#paces.length > PACE_REPORTS) this.#paces.shift();
  }

  /** Share of all work that is done after so many steps, and expected seconds to go. */
  outlook(steps: number): { progress: number; secondsLeft: number } {
    const total = this.#work(Infinity);
    const done = this.#work(steps);
    return { progress: done / total, secondsLeft: (total - done) * this.#secondsPerWork() };
  }

  /** The same for the stage of the last of so many steps, where stages have names. */
  stageOutlook(steps: number): StageProgress | undefined {
    const { name, from, until, cost } = this.#spanOf(steps - 1);
    if (name === undefined) return undefined;
    return {
      name,
      progress: Number.isFinite(until) ? (steps - from) / (until - from) : 0,
      secondsLeft: (until - steps) * cost * this.#secondsPerWork(),
    };
  }

  get #beginnings(): readonly number[] {
    return this.#spans.slice(1).map(({ from }) => from);
  }

  #spanOf(step: number): Span {
    return this.#spans.find(({ until }) => step < until) ?? this.#spans.at(-1)!;
  }

  #work(steps: number): number {
    return this.#spans.reduce((sum, { from, until, cost }) => sum + Math.max(0, Math.min(steps, until) - from) * cost, 0);
  }

  #secondsPerWork(): number {
    const sum = (field: 'work' | 'seconds') => this.#paces.reduce((total, pace) => total + pace[field], 0);
    return sum('seconds') / sum('work');
  }
}

/** The steps of all stages together: how long a method trains where no other limit is set. */
export function stepsOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { steps }) => sum + steps, 0);
}
