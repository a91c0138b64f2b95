export type { Batch, Dataset } from './data/dataset.js';
export { formatIdx, type IdxArray, isIdx, parseIdx } from './data/idx.js';
export { type InMemorySamples, inMemoryDataset } from './data/in-memory-dataset.js';
export {
  type AdversarialLoss,
  type AdversarialLossName,
  adversarialLosses,
  type DiscriminatorTargets,
} from './losses/adversarial.js';
export { binaryCrossEntropy } from './losses/binary-cross-entropy.js';
export { featureMatching } from './losses/feature-matching.js';
export type { Modality, SampleFiles } from './modality.js';
export {
  boolean,
  custom,
  type Field,
  type FieldDefault,
  integer,
  listOf,
  type NumberLimits,
  number,
  oneOf,
  optional,
  positiveInteger,
  string,
} from './options/field.js';
export { type OptionPlace, OptionsError } from './options/options-error.js';
export { either, nested, type Resolved, resolveOptions, type Schema } from './options/resolve-options.js';
export { Random, type RandomState } from './random/random.js';
