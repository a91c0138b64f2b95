export { type FakePicturesOptions, fakePictureSamples, fakePictures } from './fake-pictures.js';
