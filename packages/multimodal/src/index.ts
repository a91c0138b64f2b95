import { registerMultimodalLayers } from './layers/register-layers.js';

export { type CodedRows, type Contrast, contrast } from './codes/contrast.js';
export type { JointBatch } from './data/joint-batch.js';
export { type JointDatasetOptions, type JointPart, jointDataset } from './data/joint-dataset.js';
export {
  type JointPoints,
  type JointSamples,
  MultimodalGan,
  type MultimodalGanOptions,
  multimodalGan,
} from './gan/multimodal-gan.js';
export type { MultimodalTraining } from './gan/multimodal-options.js';

// For everything in this process; package.json names this file among those with side effects.
registerMultimodalLayers();
