export { type PictureGridOptions, pictureGrid } from './picture-grid.js';
export { decodePictures, type Picture, type PictureModalityOptions, pictureModality } from './pictures.js';
export { type ResizedPicturesOptions, resizedPictures } from './resized-pictures.js';
