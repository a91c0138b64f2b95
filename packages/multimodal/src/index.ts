import { registerMultimodalLayers } from './layers/register-layers.js';

export { type CodedRows, type Contrast, contrast } from './codes/contrast.js';
export { CoupledGan, type CoupledGanOptions, coupledGan } from './coupled/coupled-gan.js';
export type { CoupledGanTraining } from './coupled/coupled-options.js';
export type { JointBatch } from './data/joint-batch.js';
export { type JointDataset, type JointDatasetOptions, type JointPart, jointDataset } from './data/joint-dataset.js';
export type { PlayerOptions } from './game/player-options.js';
export {
  MultimodalGan,
  type MultimodalGanOptions,
  multimodalGan,
} from './gan/multimodal-gan.js';
export type { MultimodalTraining } from './gan/multimodal-options.js';
export type { CodedPoints, JointPoints, JointSamples, MultimodalModel, RefinedPoints } from './multimodal-model.js';
export { complete } from './refinement/complete.js';
export type { RefineOptions, SampleDistance } from './refinement/refine-options.js';
export { type Classifiers, type Classify, NO_CLASS } from './scores/classify.js';
export {
  type ConditionalCoherence,
  type ConditionalCoherenceOptions,
  conditionalCoherence,
} from './scores/conditional-coherence.js';
export {
  type ConditionalDiversity,
  type ConditionalDiversityOptions,
  conditionalDiversity,
} from './scores/conditional-diversity.js';
export { type JointCoherence, type JointCoherenceOptions, jointCoherence } from './scores/joint-coherence.js';
export { type LinearProbe, type LinearProbeOptions, linearProbe } from './scores/linear-probe.js';
export { distinctShare, pairwiseDistance, type Variety } from './scores/variety.js';
export type { FusionName } from './vae/fusion.js';
export { MultimodalVae, type MultimodalVaeOptions, multimodalVae } from './vae/multimodal-vae.js';
export type { MultimodalVaeTraining } from './vae/multimodal-vae-options.js';

// For everything in this process; package.json names this file among those with side effects.
registerMultimodalLayers();
