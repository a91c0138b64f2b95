import { audioVaeParts, waveGanParts } from '@polygan/audio';
import type { GanParts, VaeParts } from '@polygan/core';
import { dcganParts, imageVaeParts } from '@polygan/image';
import { type MultimodalModel, multimodalGan, multimodalVae } from '@polygan/multimodal';
import {
  type ConvolutionalTextVaeOptions,
  convolutionalTextVaeParts,
  type LatentTextOptions,
  latentTextParts,
} from '@polygan/text';
import { suggestion } from '../settings/nearest-name.js';
import type { Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import { audio } from './audio.js';
import { image } from './image.js';
import { type AnyJointModel, jointModel } from './joint-model.js';
import type { ModalityCommands } from './modality-commands.js';
import { FORM_NAMES, type FormName, MULTIMODAL_DEFAULTS } from './multimodal-defaults.js';
import { text } from './text.js';

/** The rows of the forms that things may have. */
export const FORMS: Readonly<Record<FormName, ModalityCommands>> = { image, audio, text };

/** What makes the networks of one form, by the names of models. */
type Makers<Parts> = Readonly<Record<FormName, Readonly<Record<string, (options: Section) => Parts>>>>;

// biome-ignore lint/suspicious/noExplicitAny: each modality has samples of its own type
const GAN_PARTS: Makers<GanParts<any>> = {
  image: {
    // Spectral normalisation goes with the hinge loss.
    dcgan: (options) => ({
      ...dcganParts(options),
      ...(options.discriminatorNorm === 'spectral' && { training: { loss: 'hinge' } }),
    }),
  },
  audio: { waveGan: waveGanParts },
  text: { latentText: (options) => latentTextParts(options as unknown as LatentTextOptions) },
};

// biome-ignore lint/suspicious/noExplicitAny: each modality has samples of its own type
const VAE_PARTS: Makers<VaeParts<any>> = {
  image: { imageVae: imageVaeParts },
  audio: { audioVae: audioVaeParts },
  text: { convolutionalTextVae: (options) => convolutionalTextVaeParts(options as unknown as ConvolutionalTextVaeOptions) },
};

/** What stands in where only the names of options are asked for. */
const ANY: Section = { image: { size: 16, channels: 1 }, audio: { length: 4096, channels: 1, sampleRate: 8000 } };

/** The models of things in several forms, by name. */
export const MULTIMODAL_MODELS: Readonly<Record<string, (options: Section) => AnyJointModel>> = {
  multimodalGan({ modalities: asked = ANY, ...options }) {
    const { ownDimensions, modalities: usual, ...defaults } = MULTIMODAL_DEFAULTS.multimodalGan;
    const { codeDimensions, ...rest } = { ...defaults, ...options };
    const defaultsOf = (form: FormName) => ({
      ...usual[form],
      latentDimensions: Number(codeDimensions) + ownDimensions[form],
      seed: options.seed ?? 0,
    });
    const modalities = partsOfForms(asked as Section, GAN_PARTS, defaultsOf);
    return described(multimodalGan({ ...rest, codeDimensions: Number(codeDimensions), modalities }), modalities);
  },
  multimodalVae({ modalities: asked = ANY, seed = 0, ...options }) {
    const defaultsOf = (form: FormName) => ({ ...MULTIMODAL_DEFAULTS.multimodalVae.modalities[form], seed });
    const modalities = partsOfForms(asked as Section, VAE_PARTS, defaultsOf);
    return described(multimodalVae({ ...options, modalities }), modalities);
  },
};

/** The networks of each form. What a form has from the data must be there: else the data lack it. */
function partsOfForms<Parts>(
  asked: Section,
  makers: Makers<Parts>,
  defaultsOf: (form: FormName) => Section,
): Readonly<Record<string, Parts>> {
  const forms = Object.entries(asked).map(([name, given]) => {
    if (!isForm(name)) throw new UserError(`unknown form '${name}'${suggestion(name, FORM_NAMES)}`);
    const { kind, ...options } = { ...defaultsOf(name), ...(given as Section) };
    const missing = FORMS[name].sharedOptions.find((option) => options[option] === undefined);
    if (missing !== undefined) throw new UserError(`model.modalities.${name}: the data have no ${FORMS[name].noun}s`);
    const make = makers[name][String(kind)];
    if (!make) throw new UserError(`unknown model '${kind}' for ${name}${suggestion(String(kind), Object.keys(makers[name]))}`);
    return [name, make(options)] as const;
  });
  return Object.fromEntries(forms);
}

/** A model whose forms are described as they are set: what they are and their options side by side. */
function described(
  model: MultimodalModel<never>,
  modalities: Readonly<Record<string, Pick<GanParts<unknown>, 'kind' | 'options'>>>,
): AnyJointModel {
  const forms = Object.entries(modalities).map(([name, { kind, options }]) => [name, { kind, ...options }]);
  return jointModel(model as MultimodalModel, { ...model.options, modalities: Object.fromEntries(forms) } as Section);
}

function isForm(name: string): name is FormName {
  return Object.hasOwn(FORMS, name);
}
