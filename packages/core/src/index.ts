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
export { Random, type RandomState } from './random/random.js';
