import type { LatentSpace } from '@polygan/core';
import type { LatentPart, Point } from './latent-parts.js';
import type { FormKind, Sample } from './sample.js';

/** How samples are drawn. */
export interface DrawOptions {
  readonly seed: number;
  readonly truncation: number;
  /** The class of all samples; without it classes take turns. */
  readonly label?: number | undefined;
  /** Of models that write word after word. */
  readonly temperature?: number | undefined;
}

/** A model of a run, ready to draw from in the browser. */
export interface DrawingModel {
  readonly forms: readonly FormKind[];
  /** Names of the classes that one can ask for. */
  readonly classNames?: readonly string[] | undefined;
  /** Where samples come from, of models that have a latent space. */
  readonly space?: DrawingSpace | undefined;
  /** Whether samples can be drawn hotter and colder. */
  readonly hasTemperature: boolean;
  /** Samples of a seed, piece by piece. */
  samples(count: number, options: DrawOptions): AsyncGenerator<Sample[], void, undefined>;
}

/** The latent space of a model. */
export interface DrawingSpace {
  readonly latent: LatentSpace;
  readonly parts: readonly LatentPart[];
  /** Whether points can be drawn nearer to the middle. */
  readonly truncates: boolean;
  /** What is told of each sample beside its point, its class or cluster; undefined where nothing is. */
  labels(count: number, options: Pick<DrawOptions, 'seed' | 'label'>): readonly number[] | undefined;
  points(count: number, options: Pick<DrawOptions, 'seed' | 'truncation'>): Promise<Point[]>;
  /**
   * Samples at points.
   *
   * @param labels what {@link labels} says of each
   * @param extent 'seen' for the form alone that is seen at once: the picture, or else the text; default: all forms
   */
  generate(points: readonly Point[], labels?: readonly number[], extent?: 'all' | 'seen'): Promise<Sample[]>;
  /** The directions of length 1 along which what is seen changes most, the strongest first. Looked for when they are first asked for. */
  directions(): Promise<readonly Point[]>;
}
