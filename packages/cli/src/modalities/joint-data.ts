import { type Batch, type Dataset, Random } from '@polygan/core';
import type { FeatureNetworkName } from '@polygan/datasets/node';
import { MULTIMODAL_DEFAULTS } from '@polygan/models';
import { type JointBatch, jointDataset } from '@polygan/multimodal';
import { tokenizerFrom } from '@polygan/text';
import { type OpenTextsOptions, textDataset } from '@polygan/text/node';
import * as tf from '@tensorflow/tfjs';
import { isSection, type Section } from '../settings/settings.js';
import type { OpenedData } from './modality-commands.js';

/** Things in several forms, opened. */
export interface JointData extends OpenedData<JointBatch> {
  /** Things that are kept from training, for scores. */
  readonly heldOut: Dataset<JointBatch>;
  /** The samples of each form, and which of them belongs to each thing that is trained on (-1 for none). */
  readonly parts: Readonly<Record<string, JointPart>>;
  /** What things can be told apart by; nothing where they have no classes. */
  readonly aspects: readonly Aspect[];
}

/** A property that can be seen in every form of a thing: which digit it is, the colour of its hat. Scores go by it, training is not told. */
export interface Aspect {
  readonly name: string;
  readonly classNames: readonly string[];
  /** The class of each thing that is trained on, and of each that is held out; -1 for none. */
  readonly labels: ArrayLike<number>;
  readonly heldOutLabels: ArrayLike<number>;
  /** By form: a classifier that comes with polygan, or the class that a text tells. Others are trained when they are needed. */
  readonly known?: {
    readonly image?: FeatureNetworkName;
    readonly audio?: FeatureNetworkName;
    readonly text?: (text: string) => number | undefined;
  };
}

/** What the model of one form has from its data: size, length, … */
export function sharedOf({ shared: { modalities } }: Pick<JointData, 'shared'>, form: string): Section {
  const shared = isSection(modalities) ? modalities[form] : undefined;
  return isSection(shared) ? shared : {};
}

/** One form of some things. */
export interface JointPart {
  readonly dataset: Dataset<Batch>;
  readonly indices: ArrayLike<number>;
}

/** Words as a form of things: one-hot tokens, and what the model shares with them. */
export interface TextPart extends JointPart {
  readonly indices: readonly number[];
  /** Tokenizer and length. */
  readonly shared: Section;
}

/** The text form of things, some of which may have no words. @param given how texts become tokens; a tokenizer that is there already wins */
export async function textPart(texts: readonly (string | undefined)[], given: Section): Promise<TextPart> {
  const { tokenizer, ...options } = { ...MULTIMODAL_DEFAULTS.data.text, tooLong: 'cut', ...given } as Section;
  const known = tokenizer && { tokenizer: tokenizerFrom(tokenizer as unknown as Parameters<typeof tokenizerFrom>[0]) };
  const said = texts.flatMap((text) => (text === undefined ? [] : [{ text }]));
  const tokens = await textDataset(said, { ...options, ...known } as OpenTextsOptions);
  let next = 0;
  return {
    dataset: oneHot(tokens, tokens.tokenizer.vocabulary.length),
    indices: texts.map((text) => (text === undefined ? -1 : next++)),
    shared: { tokenizer: tokens.tokenizer.toJSON() as unknown as Section, length: tokens.length },
  };
}

/** Tokens as gradients need them. */
function oneHot(tokens: Dataset<Batch>, vocabulary: number): Dataset<Batch> {
  return {
    size: tokens.size,
    fingerprint: tokens.fingerprint,
    async batch(indices) {
      const { samples } = await tokens.batch(indices);
      const rows = tf.tidy(() => tf.cast(tf.oneHot(samples as tf.Tensor2D, vocabulary), 'float32'));
      samples.dispose();
      return { samples: rows };
    },
  };
}

/**
 * Leaves so large a share of things whole. Each of the others keeps one of its forms, in turn, so that all samples are still seen and few of them in pairs. Which
 * things stay whole is always the same.
 */
export function withPairs(parts: Readonly<Record<string, JointPart>>, share: number): Readonly<Record<string, JointPart>> {
  const [first] = Object.values(parts);
  const size = first?.indices.length ?? 0;
  const whole = new Set(
    Random.fromSeed('pairs')
      .permutation(size)
      .subarray(0, Math.round(share * size)),
  );
  const forms = Object.entries(parts);
  const left = Array.from({ length: size }, (_, row) => {
    const there = forms.filter(([, { indices }]) => indices[row]! >= 0).map(([form]) => form);
    return whole.has(row) ? there : [there[row % there.length]];
  });
  const kept = ([form, { dataset, indices }]: (typeof forms)[number]) =>
    [form, { dataset, indices: left.map((some, row) => (some.includes(form) ? indices[row]! : -1)) }] as const;
  return Object.fromEntries(forms.map(kept));
}

/** What {@link jointData} puts together: the things to train on, and those that are held out. */
export interface JointDataParts
  extends Pick<OpenedData, 'options' | 'shared' | 'skipped' | 'remarks'>,
    Pick<JointData, 'parts' | 'aspects'> {
  readonly heldOut: Readonly<Record<string, JointPart>>;
  /** Names the things in a run, beside the samples that they are made of. */
  readonly fingerprint: string;
}

/** The data of a joint model from those of each form. */
export function jointData({ parts, aspects, heldOut, fingerprint, ...rest }: JointDataParts): JointData {
  const joint = jointDataset({ parts });
  const [aspect, ...others] = aspects;
  const classNames = others.length === 0 && aspect ? { classNames: aspect.classNames } : {};
  const dataset = { ...joint, fingerprint: `${joint.fingerprint}/${fingerprint}`, ...classNames };
  return { ...rest, parts, aspects, dataset, heldOut: jointDataset({ parts: heldOut }) };
}
