import { waveGanParts } from '@polygan/audio';
import type { GanParts } from '@polygan/core';
import { dcganParts } from '@polygan/image';
import { type MultimodalModel, multimodalGan } from '@polygan/multimodal';
import { type LatentTextOptions, latentTextParts } from '@polygan/text';
import { suggestion } from '../settings/nearest-name.js';
import { isSection, type Section, type Value } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import { audio } from './audio.js';
import { image } from './image.js';
import { type AnyJointModel, jointModel } from './joint-model.js';
import type { ModalityCommands } from './modality-commands.js';
import { FORM_NAMES, type FormName, MULTIMODAL_DEFAULTS } from './multimodal-defaults.js';
import { text } from './text.js';

/** The rows of the forms that things may have. */
export const FORMS: Readonly<Record<FormName, ModalityCommands>> = { image, audio, text };

// biome-ignore lint/suspicious/noExplicitAny: each modality has samples of its own type
type MakeParts = (options: Section) => GanParts<any>;

/** What stands in where only the names of options are asked for. */
const ANY: Section = { image: { size: 16, channels: 1 }, audio: { length: 4096, channels: 1, sampleRate: 8000 } };

/** What makes the networks of each form, by the names of models. */
const PARTS: Readonly<Record<FormName, Readonly<Record<string, MakeParts>>>> = {
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

/** The models of things in several forms, by name. */
export const MULTIMODAL_MODELS: Readonly<Record<string, (options: Section) => AnyJointModel>> = {
  multimodalGan({ modalities: asked = ANY, ...options }) {
    const codeDimensions = Number(options.codeDimensions ?? MULTIMODAL_DEFAULTS.codeDimensions);
    const shared = { codeDimensions, seed: options.seed ?? 0 };
    const modalities = Object.fromEntries(
      Object.entries(asked as Section).map(([name, form]) => [name, partsOf(name, isSection(form) ? form : {}, shared)]),
    );
    const model = multimodalGan({ ...options, codeDimensions, modalities }) as MultimodalModel;
    const described = Object.entries(modalities).map(([name, { kind, options }]) => [name, { kind, ...options }]);
    return jointModel(model, { ...model.options, modalities: Object.fromEntries(described) } as Section);
  },
};

/** The networks of one form. What a form has from the data must be there: else the data lack it. */
function partsOf(
  name: string,
  given: Section,
  { codeDimensions, seed }: { codeDimensions: number; seed: Value },
): GanParts<unknown> {
  if (!isForm(name)) throw new UserError(`unknown form '${name}'${suggestion(name, FORM_NAMES)}`);
  const missing = FORMS[name].sharedOptions.find((option) => given[option] === undefined);
  if (missing !== undefined) throw new UserError(`model.modalities.${name}: the data have no ${FORMS[name].noun}s`);
  const latentDimensions = codeDimensions + MULTIMODAL_DEFAULTS.ownDimensions[name];
  const { kind, ...options } = { latentDimensions, seed, ...MULTIMODAL_DEFAULTS.modalities[name], ...given } as Section;
  const make = PARTS[name][String(kind)];
  if (!make) throw new UserError(`unknown model '${kind}' for ${name}${suggestion(String(kind), Object.keys(PARTS[name]))}`);
  return make(options);
}

function isForm(name: string): name is FormName {
  return Object.hasOwn(FORMS, name);
}
