export { type Cifar10Options, cifar10 } from './cifar10.js';
export { type IdxPicturesOptions, idxPictures } from './idx-pictures.js';
export { type OpenPicturesOptions, openPictures } from './open-pictures.js';
export { pairedPictures } from './paired-pictures.js';
export { type PictureFilesOptions, pictureFiles } from './picture-files.js';
export { type PictureDataset, type PictureFolderOptions, type PictureFolderProgress, pictureFolder } from './picture-folder.js';
export { type PictureSize, type PictureSizesOptions, pictureSizes } from './picture-sizes.js';
export { type ReadPictureOptions, readPicture } from './read-picture.js';
