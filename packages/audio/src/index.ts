export { type AudioModalityOptions, audioModality, decodeSounds, type Sound } from './sound.js';
