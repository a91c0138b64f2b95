import { registerAudioLayers } from './layers/register-layers.js';

export { type ClusterSoundsOptions, clusterSounds } from './features/cluster-sounds.js';
export { type SoundClassifierOptions, soundClassifier } from './features/sound-classifier.js';
export { envelopeDistance, loudnessDistance, type SoundProfile, soundProfile } from './features/sound-differences.js';
export { type TrainSoundClassifierOptions, trainSoundClassifier } from './features/train-sound-classifier.js';
export { type GriffinLimOptions, griffinLim } from './signal/griffin-lim.js';
export { type InverseStftOptions, inverseStft } from './signal/inverse-stft.js';
export { type LogMelOptions, logMelSpectrogram } from './signal/log-mel-spectrogram.js';
export { type MelOptions, melFilterbank } from './signal/mel-filterbank.js';
export { type Normalization, normalizeSound } from './signal/normalize-sound.js';
export { type ResampledPart, resample } from './signal/resample.js';
export { type SoundGridOptions, soundGrid } from './signal/sound-grid.js';
export {
  type SoundPicture,
  type SpectrogramPictureOptions,
  spectrogramPicture,
  type WaveformPictureOptions,
  waveformPicture,
} from './signal/sound-picture.js';
export { magnitudeSpectrogram, powerSpectrogram, type Spectrum, stft } from './signal/stft.js';
export type { StftOptions } from './signal/stft-options.js';
export { type TrimSilenceOptions, trimSilence } from './signal/trim-silence.js';
export type { WindowName } from './signal/window.js';
export { type AudioModalityOptions, audioModality, decodeSounds, type Sound } from './sound.js';
export type { SpectrogramFraming } from './specgan/log-magnitudes.js';
export { PAPER_SPECGAN, type SpecGan, type SpecGanOptions, specGan } from './specgan/spec-gan.js';
export { type SpectrogramModality, spectrogramDataset } from './specgan/spectrogram-modality.js';
export { type SpectrogramMoments, spectrogramMoments } from './specgan/spectrogram-moments.js';
export { type AudioVaeOptions, audioVae, audioVaeParts } from './vae/audio-vae.js';
export { PAPER_WAVEGAN, type WaveGanOptions, waveGan, waveGanParts } from './wavegan/wave-gan.js';
export { WAVEGAN_TRAINING, type WaveGanTrainingName } from './wavegan/wave-gan-training.js';
export { WAVE_LENGTHS } from './wavegan/wave-layers.js';

// For everything in this process; package.json names this file among those with side effects.
registerAudioLayers();
