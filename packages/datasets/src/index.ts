export { digitOfPhrase, digitPhrases } from './digit-phrases.js';
export { type DrumSoundSamples, type DrumSoundsOptions, drumSoundSamples, drumSounds } from './drum-sounds.js';
export { FACE_ATTRIBUTES, type FaceAttributes, faceAttributes, faceCaption } from './face-captions.js';
export { type FakePicturesOptions, fakePictureSamples, fakePictures } from './fake-pictures.js';
