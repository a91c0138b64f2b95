import { registerImageLayers } from './layers/register-layers.js';

export { pictureAugmentation } from './augmentation/picture-augmentation.js';
export type { Conditioning, ConditionOptions } from './conditioning/conditioning.js';
export {
  PICTURE_REDUCTIONS,
  type PictureReduction,
  reducedChannels,
  reducedPictures,
  reducePictures,
} from './conditioning/reduced-pictures.js';
export { type DcganOptions, dcgan, dcganParts, PAPER_DCGAN } from './dcgan/dcgan.js';
export { DCGAN_SIZES } from './dcgan/dcgan-layers.js';
export {
  type ClassificationAccuracyOptions,
  type ClassifiedPictures,
  classificationAccuracyScore,
} from './features/classification-accuracy.js';
export { layerFeatures } from './features/layer-features.js';
export { type LinearSvm, type LinearSvmOptions, linearSvm } from './features/linear-svm.js';
export { type PictureClassifierOptions, pictureClassifier } from './features/picture-classifier.js';
export { type TrainClassifierOptions, trainClassifier } from './features/train-classifier.js';
export { type InversionEncoderOptions, inversionEncoder, type PictureModel } from './latent/inversion-encoder.js';
export { type InvertedPictures, type InvertPicturesOptions, invertPictures } from './latent/invert-pictures.js';
export type { LatentDirections } from './latent/latent-directions.js';
export { type PrincipalDirectionsOptions, principalDirections } from './latent/principal-directions.js';
export { semanticDirections } from './latent/semantic-directions.js';
export { type TrainInversionEncoderOptions, trainInversionEncoder } from './latent/train-inversion-encoder.js';
export { mirroredPictures } from './mirrored-pictures.js';
export { type PictureGridOptions, pictureGrid } from './picture-grid.js';
export { decodePictures, type Picture, type PictureChannels, type PictureModalityOptions, pictureModality } from './pictures.js';
export { PAPER_RESIDUAL_GAN, type ResidualGanOptions, residualGan, residualGanParts } from './residual/residual-gan.js';
export type { ResidualWidths } from './residual/residual-plan.js';
export { type ResizedPicturesOptions, resizedPictures } from './resized-pictures.js';
export { type ImageVaeOptions, imageVae, imageVaeParts } from './vae/image-vae.js';

// For everything in this process; package.json names this file among those with side effects.
registerImageLayers();
