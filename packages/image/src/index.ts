export { type DcganOptions, dcgan, dcganParts, PAPER_DCGAN } from './dcgan.js';
export { DCGAN_SIZES } from './dcgan-networks.js';
export { type PictureClassifierOptions, pictureClassifier } from './features/picture-classifier.js';
export { type TrainClassifierOptions, trainClassifier } from './features/train-classifier.js';
export { type PictureGridOptions, pictureGrid } from './picture-grid.js';
export { decodePictures, type Picture, type PictureModalityOptions, pictureModality } from './pictures.js';
export { type ResizedPicturesOptions, resizedPictures } from './resized-pictures.js';
