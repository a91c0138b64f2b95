import { correctGradients } from './gradients/correct-gradients.js';
import { registerLayers } from './layers/register-layers.js';

export { type ClusterOptions, clusterSamples } from './clusters/cluster-samples.js';
export { clusteredDataset } from './clusters/clustered-dataset.js';
export { clustersField, type SampleClusters } from './clusters/sample-clusters.js';
export { type BatchStream, iteratedBatches, shuffledBatches } from './data/batch-stream.js';
export { conditionedDataset, type SampleConditions } from './data/conditioned-dataset.js';
export { type ConditionsOfOptions, conditionsOf } from './data/conditions-of.js';
export type { Batch, Dataset } from './data/dataset.js';
export { formatIdx, type IdxArray, isIdx, parseIdx } from './data/idx.js';
export { type InMemorySamples, inMemoryDataset } from './data/in-memory-dataset.js';
export { partOfDataset } from './data/part-of-dataset.js';
export { samplesAt } from './data/samples-at.js';
export { type ClassifierTrainingOptions, classifierAccuracy, classifierTraining } from './features/classifier-training.js';
export { featuresOf, type SampleFeatures } from './features/features-of.js';
export type { Augmentation, AugmentationSettings } from './gan/augmentation.js';
export { type AutoencodingOptions, autoencodingSchema } from './gan/autoencoding-options.js';
export {
  Gan,
  type GanAutoencoder,
  type GanNetworks,
  type GanParts,
  type Judgement,
  type JudgeOptions,
  type SamplePieces,
  type SampleReader,
} from './gan/gan.js';
export { type GanOptions, type GanPenaltyName, ganSchema, type ResolvedGanOptions } from './gan/gan-options.js';
export { GanPenalty } from './gan/gan-penalty.js';
export { nextRow } from './gan/next-row.js';
export { correctGradients } from './gradients/correct-gradients.js';
export { stopGradient } from './gradients/stop-gradient.js';
export { combineLatents, type WeightedLatents } from './latent/combine-latents.js';
export type { LatentDistribution } from './latent/distributions.js';
export { drawnLabels, type LabelChoice } from './latent/drawn-labels.js';
export { type Interpolation, interpolateLinear, interpolateSpherical } from './latent/interpolation.js';
export { joinedPieces, latentSamples } from './latent/latent-samples.js';
export {
  type LatentDescription,
  type LatentOptions,
  type LatentSampleOptions,
  type LatentSpace,
  latentSpace,
  normalLatent,
  sphereLatent,
  truncatedNormalLatent,
  uniformLatent,
} from './latent/latent-space.js';
export { priorDistance } from './latent/prior-distance.js';
export { type Told, toldKinds, withConditions } from './latent/with-conditions.js';
export {
  ConditionalBatchNormalization,
  type ConditionalBatchNormalizationOptions,
} from './layers/conditional-batch-normalization.js';
export { registerLayers } from './layers/register-layers.js';
export { SpectralNormalization, spectralNormalization } from './layers/spectral-normalization.js';
export {
  type AdversarialLoss,
  type AdversarialLossName,
  adversarialLosses,
  type DiscriminatorTargets,
} from './losses/adversarial.js';
export { binaryCrossEntropy } from './losses/binary-cross-entropy.js';
export { featureMatching } from './losses/feature-matching.js';
export { type DataCopying, dataCopying } from './metrics/data-copying.js';
export { type DensityCoverage, type DensityCoverageOptions, densityCoverage } from './metrics/density-coverage.js';
export { explainedShare } from './metrics/explained-share.js';
export type { FeatureMatrix } from './metrics/feature-matrix.js';
export { type FeatureMoments, featureMoments, type MomentsAccumulator, momentsAccumulator } from './metrics/feature-moments.js';
export { type FrechetDistance, frechetDistance } from './metrics/frechet-distance.js';
export { type InceptionScore, type InceptionScoreOptions, inceptionScore } from './metrics/inception-score.js';
export { type KernelDistance, type KernelDistanceOptions, kernelDistance } from './metrics/kernel-distance.js';
export type { MetricResult } from './metrics/metric-result.js';
export { type NearestNeighbours, nearestNeighbours } from './metrics/nearest-neighbours.js';
export { type PrecisionRecall, type PrecisionRecallOptions, precisionRecall } from './metrics/precision-recall.js';
export { type RidgeRegression, type RidgeRegressionOptions, ridgeRegression } from './metrics/ridge-regression.js';
export { type SlicedWasserstein, type SlicedWassersteinOptions, slicedWasserstein } from './metrics/sliced-wasserstein.js';
export type { Modality, SampleFiles } from './modality.js';
export { Optimizer } from './optimizers/optimizer.js';
export { type OptimizerOptions, optimizerSchema, type ResolvedOptimizerOptions } from './optimizers/optimizer-options.js';
export { WeightAverage } from './optimizers/weight-average.js';
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
export { type JsonSchema, jsonSchema } from './options/json-schema.js';
export { type OptionPlace, OptionsError } from './options/options-error.js';
export { either, nested, optionsOf, type Resolved, resolveOptions, type Schema } from './options/resolve-options.js';
export { withDefaults } from './options/with-defaults.js';
export { clipWeights } from './penalties/clip-weights.js';
export {
  draganPenalty,
  r1Penalty,
  r2Penalty,
  type Score,
  wassersteinGradientPenalty,
} from './penalties/gradient-penalties.js';
export { LeCam } from './penalties/lecam.js';
export { Random, type RandomState } from './random/random.js';
export { type Schedule, scheduledValue, scheduleField } from './schedules/schedule.js';
export type { GenerativeModel, LatentModel, SampleOptions } from './training/generative-model.js';
export { TrainingError } from './training/health.js';
export type { LoopOptions } from './training/loop-options.js';
export type { Meter } from './training/meter.js';
export type { Phase, Step, Trainable, TrainingMethod } from './training/method.js';
export type { StopReason, TrainingWarning, TrainReport } from './training/report.js';
export type { Stage, StageProgress } from './training/stages.js';
export {
  type Json,
  joinStates,
  loadTensor,
  partOfState,
  restoreNetwork,
  type State,
  type StoredTensor,
  storeTensors,
} from './training/state.js';
export { train } from './training/train.js';
export { trainableVariables } from './training/trainable-variables.js';
export { Training } from './training/training.js';
export { divergence, drawnFrom, type Posterior } from './vae/divergence.js';
export { type Likelihood, type LikelihoodName, type LikelihoodOptions, likelihood, likelihoodSchema } from './vae/likelihoods.js';
export { Vae, type VaeNetworks, type VaeParts } from './vae/vae.js';
export type { VaeOptions } from './vae/vae-options.js';

// For everything in this process; package.json names this file among those with side effects.
correctGradients();
registerLayers();
