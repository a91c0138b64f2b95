export { type PictureFilesOptions, pictureFiles } from './picture-files.js';
