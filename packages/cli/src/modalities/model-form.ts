import type { Batch, Dataset, SampleFiles, Schema } from '@polygan/core';
import { modelOptions } from '@polygan/models';
import type { Tensor } from '@tensorflow/tfjs';
import type { Section } from '../settings/settings.js';
import type {
  AnyBatch,
  AnyModality,
  AnyModel,
  AnySamples,
  DataRequest,
  ModalityCommands,
  OpenedData,
} from './modality-commands.js';

/** What a model needs to find in its data, and the form in which it sees them: SpecGAN sees sounds as pictures. */
export interface ModelForm {
  /** Options that people may say in another way than the model takes them. */
  readonly options?: Schema;
  /** Options of the model that are found in the data, in view of those that were given. */
  optionsFor(data: OpenedData, given: Section, onProgress: NonNullable<DataRequest['onProgress']>): Promise<Section>;
  /** Data in the form of the model. */
  datasetFor(model: AnyModel, dataset: Dataset<Batch>): Dataset<Batch>;
  /** What a model made, in the form of the data; absent where it is in that form. Borrows the samples; the caller owns the result. */
  decode?(model: AnyModel, samples: Tensor): Promise<Tensor>;
}

/** The options of a model of this kind as people may say them. */
export function askableOptions({ kind: modality, forms }: AnyModality, kind: string): Schema {
  return { ...modelOptions(modality, kind), ...forms?.[kind]?.options };
}

/** Options that a model of this kind has from the data alone. */
export async function optionsFromData(
  { forms }: AnyModality,
  kind: string,
  data: OpenedData<AnyBatch>,
  given: Section,
  onProgress: NonNullable<DataRequest['onProgress']>,
): Promise<Section> {
  return (await forms?.[kind]?.optionsFor(data as OpenedData, given, onProgress)) ?? {};
}

/** The data as the model is trained on them. */
export function datasetFor<S extends AnySamples, B extends AnyBatch>(
  { forms }: ModalityCommands<S, B>,
  model: AnyModel<S, B>,
  dataset: Dataset<B>,
): Dataset<B> {
  const form = forms?.[model.kind];
  // Only models of one form have forms like these.
  return form ? (form.datasetFor(model as unknown as AnyModel, dataset as Dataset<Batch>) as Dataset<B>) : dataset;
}

/** What the model made, in the form of the data. Takes the samples over; the caller owns the result. */
export async function decoded<S extends AnySamples, B extends AnyBatch>(
  { forms }: ModalityCommands<S, B>,
  model: AnyModel<S, B>,
  samples: S,
): Promise<S> {
  const decode = forms?.[model.kind]?.decode;
  if (!decode) return samples;
  const result = await decode(model as unknown as AnyModel, samples as Tensor);
  (samples as Tensor).dispose();
  return result as S;
}

/** How what the model made becomes files. @param columns how many samples a row of a preview has */
export function filesFor<S extends AnySamples, B extends AnyBatch>(
  { forms, files: filesOf }: ModalityCommands<S, B>,
  model: AnyModel<S, B>,
  columns?: number,
): SampleFiles<S> {
  const files = filesOf(model.options as Section, columns);
  const decode = forms?.[model.kind]?.decode;
  if (!decode) return files;
  const withDecoded = async <Result>(samples: S, write: (given: S) => Promise<Result>) => {
    const result = await decode(model as unknown as AnyModel, samples as Tensor);
    return write(result as S).finally(() => result.dispose());
  };
  return {
    previewExtension: files.previewExtension,
    writePreview: (samples, path) => withDecoded(samples, (given) => files.writePreview(given, path)),
    writeEach: (samples, directory, first) => withDecoded(samples, (given) => files.writeEach(given, directory, first)),
  };
}
