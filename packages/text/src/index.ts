export type { AutoencodingOptions } from './latent/autoencoding.js';
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
export { learnTokenizer, type TokenizerOptions, tokenizerFrom } from './tokens/learn-tokenizer.js';
export { END, UNKNOWN } from './tokens/special-tokens.js';
export { oneHotTextModality, type TextModalityOptions, textModality } from './tokens/text-modality.js';
export { rowsOfTokens } from './tokens/token-rows.js';
export type { Tokenizer, TokenizerDescription, TokenKind } from './tokens/tokenizer.js';
export { TextVae, type TextVaeOptions, type TextVaeSampleOptions, textVae } from './vae/text-vae.js';
export type { TextVaeTraining } from './vae/text-vae-method.js';
