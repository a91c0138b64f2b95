import { audioVaeParts, waveGanParts } from '@polygan/audio';
import {
  type GanParts,
  integer,
  nested,
  OptionsError,
  oneOf,
  optional,
  optionsOf,
  type Schema,
  type VaeParts,
  withDefaults,
} from '@polygan/core';
import { dcganParts, imageVaeParts } from '@polygan/image';
import { coupledGan, type MultimodalModel, multimodalGan, multimodalVae } from '@polygan/multimodal';
import {
  type ConvolutionalTextVaeOptions,
  convolutionalTextVaeParts,
  type LatentTextOptions,
  latentTextParts,
  learnTokenizer,
} from '@polygan/text';
import type { ModelOptions } from './any-model.js';
import { type AnyJointModel, jointModel } from './joint-model.js';
import { FORM_NAMES, type FormName, MULTIMODAL_DEFAULTS } from './multimodal-defaults.js';
import { besideData } from './options-beside-data.js';
import { SHARED_OPTIONS } from './shared-options.js';

const NOUNS: Readonly<Record<FormName, string>> = { image: 'pictures', audio: 'sounds', text: 'texts' };

/** What makes the networks of one form, by the names of models. */
type Makers<Parts> = Readonly<Record<FormName, Readonly<Record<string, (options: ModelOptions) => Parts>>>>;

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
const ANY: ModelOptions = {
  image: { size: 16, channels: 1 },
  audio: { length: 4096, channels: 1, sampleRate: 8000 },
  text: { tokenizer: learnTokenizer(['a']).toJSON() as unknown as ModelOptions, length: 8 },
};

/** The models of things in several forms, by name. */
export const MULTIMODAL_MODELS: Readonly<Record<string, (options: ModelOptions) => AnyJointModel>> = {
  multimodalGan({ modalities: asked = ANY, ...options }) {
    const { ownDimensions, modalities: usual, ...defaults } = MULTIMODAL_DEFAULTS.multimodalGan;
    const { codeDimensions, ...rest } = { ...defaults, ...options };
    const defaultsOf = (form: FormName) => ({
      ...usual[form],
      latentDimensions: Number(codeDimensions) + ownDimensions[form],
      seed: options.seed ?? 0,
    });
    const modalities = partsOfForms(asked as ModelOptions, GAN_PARTS, defaultsOf);
    return described(multimodalGan({ ...rest, codeDimensions: Number(codeDimensions), modalities }), modalities);
  },
  coupledGan({ modalities: asked = ANY, ...options }) {
    const { latentDimensions, modalities: usual } = MULTIMODAL_DEFAULTS.coupledGan;
    const all = { latentDimensions, ...options };
    // Nothing private, as in the paper, unless it is asked for.
    const defaultsOf = (form: FormName) => ({
      ...usual[form],
      latentDimensions: Number(all.latentDimensions),
      seed: options.seed ?? 0,
    });
    const modalities = partsOfForms(asked as ModelOptions, GAN_PARTS, defaultsOf);
    return described(coupledGan({ ...all, latentDimensions: Number(all.latentDimensions), modalities }), modalities);
  },
  multimodalVae({ modalities: asked = ANY, seed = 0, ...options }) {
    const defaultsOf = (form: FormName) => ({ ...MULTIMODAL_DEFAULTS.multimodalVae.modalities[form], seed });
    const modalities = partsOfForms(asked as ModelOptions, VAE_PARTS, defaultsOf);
    return described(multimodalVae({ ...options, modalities }), modalities);
  },
};

/** The options of {@link MULTIMODAL_MODELS}. */
export const MULTIMODAL_OPTIONS: Readonly<Record<keyof typeof MULTIMODAL_MODELS, () => Schema>> = {
  multimodalGan() {
    const { codeDimensions, modalities } = MULTIMODAL_DEFAULTS.multimodalGan;
    const common = optionsOf(() => multimodalGan({ modalities: {} }));
    return { ...withDefaults(common, { codeDimensions }), modalities: nested(optionsOfForms(GAN_PARTS, modalities)) };
  },
  coupledGan() {
    const { latentDimensions, modalities } = MULTIMODAL_DEFAULTS.coupledGan;
    const common = optionsOf(() => coupledGan({ modalities: {} }));
    return { ...withDefaults(common, { latentDimensions }), modalities: nested(optionsOfForms(GAN_PARTS, modalities)) };
  },
  multimodalVae: () => ({
    ...optionsOf(() => multimodalVae({ modalities: {} })),
    seed: integer({ default: 0 }),
    modalities: nested(optionsOfForms(VAE_PARTS, MULTIMODAL_DEFAULTS.multimodalVae.modalities)),
  }),
};

function optionsOfForms(makers: Makers<unknown>, usual: Readonly<Record<FormName, ModelOptions>>): Schema {
  const forms = FORM_NAMES.map((name) => {
    const kinds = Object.keys(makers[name]);
    const options = kinds.map((kind) => optionsOf(() => makers[name][kind]!({})));
    const schema: Schema = Object.assign({ kind: oneOf(kinds) }, ...options.map(besideData));
    return [name, optional(nested(withDefaults(schema, usual[name])))] as const;
  });
  return Object.fromEntries(forms);
}

/** The networks of each form. What a form has from the data must be there: else the data lack it. */
function partsOfForms<Parts>(
  asked: ModelOptions,
  makers: Makers<Parts>,
  defaultsOf: (form: FormName) => ModelOptions,
): Readonly<Record<string, Parts>> {
  const forms = Object.entries(asked).map(([name, given]) => {
    if (!isForm(name)) throw refused(`unknown form '${name}'; known are ${FORM_NAMES.join(', ')}`);
    const { kind, ...options } = { ...defaultsOf(name), ...(given as ModelOptions) };
    const missing = SHARED_OPTIONS[name].find((option) => options[option] === undefined);
    if (missing !== undefined) throw refused(`the data have no ${NOUNS[name]}`, name);
    const make = makers[name][String(kind)];
    if (!make) throw refused(`unknown model '${kind}'; known are ${Object.keys(makers[name]).join(', ')}`, name);
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
  return jointModel(model as MultimodalModel, { ...model.options, modalities: Object.fromEntries(forms) } as ModelOptions);
}

function isForm(name: string): name is FormName {
  return (FORM_NAMES as readonly string[]).includes(name);
}

function refused(problem: string, form?: string): OptionsError {
  const path = form === undefined ? 'modalities' : `modalities.${form}`;
  return new OptionsError({ where: 'model', path }, `${path}: ${problem}`);
}
