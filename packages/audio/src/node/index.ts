export { type ReadSoundOptions, readSound } from './read-sound.js';
export type { ClassRule } from './sound-classes.js';
export { type SoundFilesOptions, soundFiles } from './sound-files.js';
export { type SoundDataset, type SoundFolderOptions, type SoundFolderProgress, soundFolder } from './sound-folder.js';
export type { SoundProposal } from './sound-proposal.js';
export type { SliceRule } from './sound-slices.js';
export { type SoundSurvey, surveySounds } from './survey-sounds.js';
