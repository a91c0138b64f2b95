import { type SpecGan, spectrogramDataset, spectrogramMoments } from '@polygan/audio';
import { clusteredForm } from './clustered-form.js';
import type { AnyModel } from './modality-commands.js';
import type { ModelForm } from './model-form.js';

/** What a frame of a spectrogram should take, in seconds (1802.04208, section 3.2). */
const FRAME_SECONDS = 0.016;

/** Sounds as the pictures that SpecGAN sees, in the clusters that it is told. */
export const spectrogramForm: ModelForm = {
  options: clusteredForm.options!,
  async optionsFor(data, asked, onProgress) {
    const { dataset, shared } = data;
    const { frameLength: given } = asked;
    const { length, channels, sampleRate } = shared as { length: number; channels: number; sampleRate: number };
    const nearest = 2 ** Math.round(Math.log2(FRAME_SECONDS * sampleRate));
    const frameLength = given === undefined ? Math.min(1024, Math.max(64, nearest)) : (given as number);
    const { mean, deviation } = await spectrogramMoments(dataset, { length, channels, frameLength });
    const clusters = await clusteredForm.optionsFor(data, asked, onProgress);
    return { ...clusters, frameLength, moments: { mean: [...mean], deviation: [...deviation] } };
  },
  datasetFor: (model, dataset) => spectrogramDataset(clusteredForm.datasetFor(model, dataset), modalityOf(model)),
  decode: (model, pictures) => modalityOf(model).toSounds(pictures),
};

function modalityOf(model: AnyModel): SpecGan['modality'] {
  return (model as unknown as SpecGan).modality;
}
