import { boolean, oneOf, optional, positiveInteger, type Schema, string } from '@polygan/core';
import { ENGINE_NAMES } from '../terminal/engine-names.js';
import { UserError } from '../terminal/failure.js';
import { nearestName } from './nearest-name.js';

/** A value that JSON and YAML have. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** Options under one heading. */
export type Section = Readonly<Record<string, Value>>;

/** Everything that `train` can be told, in one shape, wherever it was said. */
export interface Settings {
  /** `source` (a path or the name of a ready-made set), and how to read it. */
  readonly data: Section;
  /** `kind` (the function that makes it), and its options. */
  readonly model: Section;
  /** Options of the training loop and of the method. */
  readonly training: Section;
  /** How often what is kept. */
  readonly recording: Section;
  /** Where to keep the run. */
  readonly out?: string;
  readonly engine?: string;
  readonly threads?: number;
  /** Whether the model is to know the classes of the data, so that one can ask for a class. */
  readonly conditional?: boolean;
}

const SECTIONS = ['data', 'model', 'training', 'recording'] as const;
/** The keys that stand alone. */
export const PLAIN: Schema = {
  out: optional(string()),
  engine: optional(oneOf(ENGINE_NAMES)),
  threads: optional(positiveInteger()),
  conditional: optional(boolean()),
};

/** The flags by name, and where each belongs. `--seed` decides both the first weights and the training. */
export const FLAGS: Readonly<Record<string, readonly (readonly [section: (typeof SECTIONS)[number], name: string])[]>> = {
  size: [
    ['data', 'size'],
    ['model', 'size'],
  ],
  channels: [
    ['data', 'channels'],
    ['model', 'channels'],
  ],
  tokens: [['data', 'tokens']],
  vocabulary: [['data', 'vocabulary']],
  lowercase: [['data', 'lowercase']],
  length: [
    ['data', 'length'],
    ['model', 'length'],
  ],
  sampleRate: [
    ['data', 'sampleRate'],
    ['model', 'sampleRate'],
  ],
  slices: [['data', 'slices']],
  normalize: [['data', 'normalize']],
  trimSilence: [['data', 'trimSilence']],
  clusters: [['model', 'clusters']],
  flip: [['data', 'flip']],
  from: [['data', 'from']],
  attributes: [['data', 'attributes']],
  augment: [['training', 'augment']],
  batch: [['training', 'batchSize']],
  tensorboard: [['recording', 'tensorBoard']],
  steps: [['training', 'steps']],
  minutes: [['training', 'minutes']],
  seed: [
    ['model', 'seed'],
    ['training', 'seed'],
  ],
};

/** Whichever of these is said last replaces them all: who asks for minutes does not want the steps that a file asks for. */
const LIMITS = ['steps', 'minutes', 'until'];

export const NO_SETTINGS: Settings = { data: {}, model: {}, training: {}, recording: {} };

/** Names of options inside the sections, `training.loss` and so on; asked for only when a key is unknown. */
export type InnerNames = () => readonly string[];

/**
 * Settings from the keys of a file, of `--set`, or of flags: the four sections, and the names of the flags at the top.
 *
 * @param given nested objects
 * @param origin what to call it in messages
 * @param innerNames what an unknown key may have meant, beside what is known at the top
 * @throws UserError for a key that is unknown at the top, OptionsError for one that stands alone and is not what it must be; those inside the sections are checked by the functions that they are options of
 */
export function settingsFrom(given: Section, origin: string, innerNames: InnerNames): Settings {
  const sections: Record<string, Record<string, Value>> = { data: {}, model: {}, training: {}, recording: {} };
  const plain: Record<string, Value> = {};
  for (const [key, value] of Object.entries(given)) {
    if (key === 'data' && typeof value === 'string') sections.data!.source = value;
    else if (key === 'model' && typeof value === 'string') sections.model!.kind = value;
    else if (includes(SECTIONS, key)) Object.assign(sections[key]!, sectionOf(key, value, origin));
    else if (Object.hasOwn(PLAIN, key)) plain[key] = PLAIN[key]!.resolve(value, { where: origin, path: key });
    else if (Object.hasOwn(FLAGS, key)) for (const [section, name] of FLAGS[key]!) sections[section]![name] = value;
    else throw unknownKey(key, origin, innerNames());
  }
  return { ...sections, ...plain } as unknown as Settings;
}

/** Settings of which the later ones win, key by key. */
export function mergeSettings(...layers: readonly Settings[]): Settings {
  return layers.reduce(override, NO_SETTINGS);
}

function override(below: Settings, above: Settings): Settings {
  const limited = LIMITS.some((name) => name in above.training);
  const keeps = ([name]: [string, Value]) => !(limited && LIMITS.includes(name));
  return {
    ...below,
    ...above,
    data: mergeSections(below.data, above.data),
    model: mergeSections(below.model, above.model),
    training: mergeSections(Object.fromEntries(Object.entries(below.training).filter(keeps)), above.training),
    recording: mergeSections(below.recording, above.recording),
  };
}

/** Two sections as one; options that have options are merged too. */
export function mergeSections(below: Section, above: Section): Section {
  const merged: Record<string, Value> = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const former = merged[name];
    merged[name] = isSection(former) && isSection(value) ? mergeSections(former, value) : value;
  }
  return merged;
}

/** Whether a value has keys. */
export function isSection(value: Value | undefined): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sectionOf(key: string, value: Value, origin: string): Section {
  if (value === null) return {};
  if (!isSection(value)) throw new UserError(`${origin}: '${key}' must hold keys, got ${JSON.stringify(value)}`);
  return value;
}

/** The nearest name by its last part: who writes `los` or `loss` means `training.loss`. */
function unknownKey(key: string, origin: string, innerNames: readonly string[]): UserError {
  const atTop = [...SECTIONS, ...Object.keys(PLAIN), ...Object.keys(FLAGS)];
  const lastPart = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  const near = nearestName(key, [...atTop, ...innerNames].map(lastPart));
  const meant = [...atTop, ...innerNames].find((name) => lastPart(name) === near);
  return new UserError(
    `${origin}: unknown key '${key}'; ${meant ? `did you mean '${meant}'?` : `at the top are known ${atTop.join(', ')}`}`,
  );
}

function includes<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}
