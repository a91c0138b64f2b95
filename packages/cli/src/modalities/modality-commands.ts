import type { Batch, Dataset, FeatureMatrix, SampleFiles, Schema } from '@polygan/core';
import type { Score } from '@polygan/core/node';
import type { AnyBatch, AnyLatentModel, AnyModel, AnySamples } from '@polygan/models';
import type { Tensor } from '@tensorflow/tfjs';
import type { Piece, Side } from '../evaluation/measured-samples.js';
import type { Section, Settings } from '../settings/settings.js';
import type { NumpyArray } from '../terminal/numpy-file.js';
import type { ConditionRequest } from './asked-conditions.js';
import type { ConditionScoreRequest } from './condition-scores.js';
import type { ModelForm } from './model-form.js';

export type { AnyBatch, AnyLatentModel, AnyModel, AnySamples };

/** What a modality must bring so that every command works with it. One row of the table in `modalities.ts`. */
export interface ModalityCommands<S extends AnySamples = Tensor, B extends AnyBatch = Batch> {
  /** As a run's record and the command line name it: 'image'. */
  readonly kind: string;
  /** What people call one sample: 'picture'. */
  readonly noun: string;
  /** The functions that make its models, by name, the default first. */
  readonly models: Readonly<Record<string, (options: Section) => AnyModel<S, B>>>;
  /** Models that see samples in a form other than that of the data, by name. */
  readonly forms?: Readonly<Record<string, ModelForm>>;
  /** Ready-made data sets by name. */
  readonly readyMade: readonly string[];
  /** Options that the data and the model must agree on, such as the size of pictures; with dots where they lie deeper: `modalities.image.size`. */
  readonly sharedOptions: readonly string[];
  /** Settings that are other than those of all modalities, where the user says nothing. */
  readonly defaults?: Partial<Pick<Settings, 'training' | 'recording'>>;
  openData(request: DataRequest): Promise<OpenedData<B>>;
  /** All options that {@link openData} may take, whatever the source. */
  dataOptions(): Schema;
  /**
   * Settings that fit a kind of model and its data, where the user says nothing; they win over {@link defaults}.
   *
   * @param training what the user says of the training
   */
  fitting?(kind: string, data: OpenedData<B>, training: Section): Partial<Pick<Settings, 'training' | 'recording'>>;
  /** What each checkpoint of a model is measured by while it is trained; it joins the metrics of the report. */
  measure?(model: AnyModel<S, B>, data: OpenedData<B>): (() => Promise<Record<string, number>>) | undefined;
  /** How samples in the form of the data, by a model with these options, become files. @param columns how many samples a row of a preview has */
  files(model: Section, columns?: number): SampleFiles<S>;
  /** Samples as `--format npy` stores them; of things in several forms, those of one form. Borrows the tensor. */
  toNumpy(samples: Tensor, form?: string): Promise<NumpyArray>;
  /** What lies at a path or in a ready-made set, for `polygan data`. */
  survey(source: string, onProgress: NonNullable<DataRequest['onProgress']>): Promise<Survey>;
  /** Trains or loads a network that turns samples into features, for `polygan evaluate`; where there is none, {@link scores} are all. */
  features?(request: FeatureRequest): Promise<SampleFeatures>;
  /** Names of the feature networks that {@link features} knows. */
  readonly featureNames: readonly string[];
  /** What samples are to be made under, of models that are told conditions: as asked for, or as the data have it. The caller owns it. */
  conditions?(request: ConditionRequest): Promise<Tensor | undefined>;
  /** Scores of samples that were made under conditions, shown before the common ones. */
  conditionScores?(request: ConditionScoreRequest): Promise<readonly Score[]>;
  /** Scores of its own that need no features, for `polygan evaluate`. */
  scores?(request: ScoreRequest<S, B>): Promise<OwnScores>;
}

/** A modality of any kind; what it makes only its own functions know. */
export type AnyModality = ModalityCommands<AnySamples, AnyBatch>;

/** What {@link ModalityCommands.scores} is asked for. */
export interface ScoreRequest<S extends AnySamples = Tensor, B extends AnyBatch = Batch> {
  readonly model: AnyModel<S, B>;
  readonly data: OpenedData<B>;
  readonly source: string;
  /** Samples to draw. */
  readonly count: number;
  readonly seed: number;
  readonly onProgress: (share: number, text: string) => void;
}

/** A modality's own scores. */
export interface OwnScores {
  /** What they compare by, and with what, in words. */
  readonly features: string;
  readonly realSamples: string;
  readonly scores: readonly Score[];
}

export interface DataRequest {
  /** A path, or one of {@link ModalityCommands.readyMade}. */
  readonly source: string;
  /** How to read it; checked by the modality. */
  readonly options: Section;
  readonly onProgress?: (share: number, text: string) => void;
  readonly signal?: AbortSignal;
}

export interface OpenedData<B extends AnyBatch = Batch> {
  readonly dataset: Dataset<B>;
  /** What the model's {@link ModalityCommands.sharedOptions} must be for these data. */
  readonly shared: Section;
  /** The options with which the same data can be opened again. */
  readonly options: Section;
  /** The options with which samples of a folder are read so that they can be compared with these; where absent, {@link shared}. */
  readonly likeThese?: Section;
  /** What was left out, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** What a person should know before training on them. */
  readonly remarks?: readonly string[];
  /** Opens the part of the data that is kept for tests, in the same form, where there may be one. */
  readonly openTest?: () => Promise<Dataset<B> | undefined>;
}

/** What lies in a folder. */
export interface Survey {
  readonly count: number;
  /** What else there is to say of the samples, by name: sizes, colours, lengths. */
  readonly facts: Readonly<Record<string, string>>;
  /** Samples of each class, where there are classes. */
  readonly classes: Readonly<Record<string, number>>;
  readonly skipped: OpenedData['skipped'];
  /** Flags that fit these data: `{ size: 64 }`. */
  readonly proposal: Readonly<Record<string, string | number>>;
  /** What a person should know before training. */
  readonly remarks: readonly string[];
}

/** What {@link ModalityCommands.features} is asked for. */
export interface FeatureRequest {
  /** One of {@link ModalityCommands.featureNames}, or 'auto'. */
  readonly name: string;
  readonly source: string;
  readonly data: OpenedData;
  readonly seed: number;
  readonly onProgress: (share: number, text: string) => void;
}

/** What {@link SampleFeatures.scores} compares. */
export interface MeasuredSides {
  readonly reference: Side;
  /** Real samples that are not in the reference. */
  readonly others: Side;
  readonly fake: Side;
  /** Generated samples, as many as were asked for and the data have, though there are too few real ones to compare so many with. */
  readonly generated: () => AsyncGenerator<Piece>;
  /** How many classes take turns in the generated samples; absent where the model does not know classes. */
  readonly classes?: number;
}

/** A network that turns samples into features by which they can be compared. */
export interface SampleFeatures {
  /** What it is, in words. */
  readonly description: string;
  /** Whether it was trained, so that its features mean something; otherwise a distance of the samples themselves is needed beside it. */
  readonly trained: boolean;
  /** Features of samples `[batch, …]`. Borrows the samples. */
  of(samples: Tensor): Promise<FeatureMatrix>;
  /** Further scores that come with these features, shown before the common ones. */
  scores?(sides: MeasuredSides): Promise<Score[]>;
  dispose(): void;
}
