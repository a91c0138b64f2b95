export type { SkippedPicture } from './list-pictures.js';
export { type PictureFilesOptions, pictureFiles } from './picture-files.js';
export { type PictureDataset, type PictureFolderOptions, type PictureFolderProgress, pictureFolder } from './picture-folder.js';
