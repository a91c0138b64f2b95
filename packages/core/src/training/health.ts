import type { TrainingWarning } from './report.js';

/** A training that cannot go on: a figure is no longer a finite number. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}

/** So many reports in a row must show a sign before it is told: one bad batch is no illness. */
const PATIENCE = 3;

/** Reports after which samples must have become varied: the first ones are all alike in every training, or as varied as noise is. */
const INFANCY = 100;

interface Sign {
  readonly warning: TrainingWarning;
  seen(metrics: Readonly<Record<string, number>>, history: History): boolean;
}

/** What a sign may look back on. */
interface History {
  readonly reports: number;
  /** The greatest diversity since infancy; 0 until then. */
  readonly bestDiversity: number;
}

const SIGNS: readonly Sign[] = [
  {
    warning: {
      cause: 'collapse',
      message:
        'The generated samples are growing alike (metric diversity, against the real ones): the generator is collapsing. ' +
        'Try a penalty (r1 or wgan-gp), more discriminator steps, a lower learning rate, or instance noise.',
    },
    seen: ({ diversity = 1 }, { reports, bestDiversity }) =>
      (bestDiversity > 0.3 && diversity < bestDiversity / 3) || (reports > INFANCY && diversity < 0.1),
  },
  {
    warning: {
      cause: 'saturated discriminator',
      message:
        'The discriminator is sure of every sample (accuracy/discriminator over 0.995, score/real over 10 above score/fake), so the generator learns little. ' +
        'Try instance noise, one-sided label smoothing, a penalty, or a lower learning rate for the discriminator.',
    },
    seen: (metrics) => {
      // Being right is not enough: while the scores are near each other, the generator still learns from it.
      const apart = (metrics['score/real'] ?? 0) - (metrics['score/fake'] ?? 0);
      return (metrics['accuracy/discriminator'] ?? 0) > 0.995 && apart > 10;
    },
  },
  {
    warning: {
      cause: 'vanishing gradient',
      message:
        "Almost no gradient reaches the generator (metric gradient/generator under 1e-6). Try the loss 'nonSaturating' or 'wasserstein' with a penalty, " +
        'or instance noise.',
    },
    seen: (metrics) => (metrics['gradient/generator'] ?? 1) < 1e-6,
  },
];

/** Watches the figures of one training from report to report. */
export class Health {
  readonly #streaks = SIGNS.map(() => 0);
  #history: History = { reports: 0, bestDiversity: 0 };

  /**
   * The warnings that these figures call for. A sign is told when it has been seen in three reports running, and again only after it went away.
   *
   * @throws TrainingError when a figure is not finite
   */
  check(metrics: Readonly<Record<string, number>>, step: number): TrainingWarning[] {
    const broken = Object.entries(metrics).filter(([, value]) => !Number.isFinite(value));
    if (broken.length > 0) {
      const figures = broken.map(([name, value]) => `${name} is ${value}`).join(', ');
      throw new TrainingError(
        `Training stopped at step ${step}: ${figures}. Go on from the last checkpoint with a lower learning rate, gradient clipping or a penalty; ` +
          'if it happens within the first steps, look at the range of the data (-1 to 1 is expected).',
      );
    }
    const { reports, bestDiversity } = this.#history;
    const grown = reports >= INFANCY ? (metrics.diversity ?? 0) : 0;
    this.#history = { reports: reports + 1, bestDiversity: Math.max(bestDiversity, grown) };
    return SIGNS.filter((sign, i) => {
      this.#streaks[i] = sign.seen(metrics, this.#history) ? this.#streaks[i]! + 1 : 0;
      return this.#streaks[i] === PATIENCE;
    }).map((sign) => sign.warning);
  }
}
