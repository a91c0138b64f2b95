// The layers of our own, which tf.loadLayersModel knows from here on; package.json names these files among those with side effects.
import './latent/straight-through.js';
import './latent/token-decoder.js';
import './seqgan/highway.js';

export { type LanguageModel, type LanguageModelOptions, languageModel } from './language-models/language-model.js';
export type { LikelihoodOptions } from './language-models/likelihood-method.js';
export type { TokenNetwork, TokenState } from './language-models/token-network.js';
export type { TokenSampleOptions, TokenSamplingOptions } from './language-models/token-sampling.js';
export {
  LatentText,
  type LatentTextOptions,
  type LatentTextParts,
  type LatentTextTraining,
  latentText,
  latentTextParts,
} from './latent/latent-text.js';
export { type BleuOptions, type BleuScores, bleu, selfBleu } from './metrics/bleu.js';
export { type BleuReferences, bleuReferences } from './metrics/bleu-references.js';
export { type Copies, copies } from './metrics/copies.js';
export { distinct } from './metrics/distinct.js';
export { type EmbeddingSimilarityOptions, embeddingSimilarity } from './metrics/embedding-similarity.js';
export { type QualityDiversityOptions, type QualityDiversityPoint, qualityDiversity } from './metrics/quality-diversity.js';
export { type LikelihoodModel, type TextLikelihood, textLikelihood } from './metrics/text-likelihood.js';
export type { BleuTrainingOptions } from './oracle/bleu-baseline.js';
export { type OracleExperimentOptions, oracleExperiment } from './oracle/oracle-experiment.js';
export { drawnOracle, loadedOracle, type OracleOptions, type OracleWeights } from './oracle/oracle-network.js';
export { tokenDataset } from './oracle/token-dataset.js';
export type { RewardOptions } from './seqgan/reward-options.js';
export { type SeqGan, type SeqGanOptions, seqGan } from './seqgan/seqgan.js';
export type { SeqGanNetworks } from './seqgan/seqgan-method.js';
export type { SeqGanTrainingOptions, SequenceDiscriminatorShape } from './seqgan/seqgan-options.js';
export { PAPER_SEQGAN_TRAINING, RELEASED_SEQGAN_TRAINING, SHORT_SEQGAN_TRAINING } from './seqgan/seqgan-schedules.js';
export type { SequenceDiscriminator } from './seqgan/sequence-discriminator.js';
export { learnTokenizer, type TokenizerOptions, tokenizerFrom } from './tokens/learn-tokenizer.js';
export { END, UNKNOWN } from './tokens/special-tokens.js';
export { formOf, type TextForm } from './tokens/text-form.js';
export { oneHotTextModality, type TextModalityOptions, textModality } from './tokens/text-modality.js';
export { rowsOfTokens } from './tokens/token-rows.js';
export type { Tokenizer, TokenizerDescription, TokenKind } from './tokens/tokenizer.js';
export { type ConvolutionalTextVaeOptions, convolutionalTextVaeParts } from './vae/convolutional-text-vae.js';
export { TextVae, type TextVaeOptions, type TextVaeSampleOptions, textVae } from './vae/text-vae.js';
export type { TextVaeTraining } from './vae/text-vae-method.js';
