import type { Batch, Dataset, SampleFiles } from '@polygan/core';
import type { Tensor } from '@tensorflow/tfjs';
import type { Section } from '../settings/settings.js';
import type { AnyModel, ModalityCommands, OpenedData } from './modality-commands.js';

/** The form in which a model sees samples, where it is not that of the data: SpecGAN sees sounds as pictures. */
export interface ModelForm {
  /** Options of the model that are found in the data, in view of those that were given. */
  optionsFor(data: OpenedData, given: Section): Promise<Section>;
  /** Data in the form of the model. */
  datasetFor(model: AnyModel, dataset: Dataset<Batch>): Dataset<Batch>;
  /** What a model made, in the form of the data. Borrows the samples; the caller owns the result. */
  decode(model: AnyModel, samples: Tensor): Promise<Tensor>;
}

/** Options that a model of this kind has from the data alone. */
export async function optionsFromData(
  { forms }: ModalityCommands,
  kind: string,
  data: OpenedData,
  given: Section,
): Promise<Section> {
  return (await forms?.[kind]?.optionsFor(data, given)) ?? {};
}

/** The data as the model is trained on them. */
export function datasetFor({ forms }: ModalityCommands, model: AnyModel, dataset: Dataset<Batch>): Dataset<Batch> {
  return forms?.[model.kind]?.datasetFor(model, dataset) ?? dataset;
}

/** What the model made, in the form of the data. Takes the samples over; the caller owns the result. */
export async function decoded({ forms }: ModalityCommands, model: AnyModel, samples: Tensor): Promise<Tensor> {
  const form = forms?.[model.kind];
  if (!form) return samples;
  const result = await form.decode(model, samples);
  samples.dispose();
  return result;
}

/** How what the model made becomes files. @param columns how many samples a row of a preview has */
export function filesFor({ forms, files: filesOf }: ModalityCommands, model: AnyModel, columns?: number): SampleFiles {
  const files = filesOf(model.options as Section, columns);
  const form = forms?.[model.kind];
  if (!form) return files;
  const withDecoded = async <Result>(samples: Tensor, write: (given: Tensor) => Promise<Result>) => {
    const result = await form.decode(model, samples);
    return write(result).finally(() => result.dispose());
  };
  return {
    previewExtension: files.previewExtension,
    writePreview: (samples, path) => withDecoded(samples, (given) => files.writePreview(given, path)),
    writeEach: (samples, directory, first) => withDecoded(samples, (given) => files.writeEach(given, directory, first)),
  };
}
