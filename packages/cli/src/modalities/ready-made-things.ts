import {
  type Batch,
  type Dataset,
  type InMemorySamples,
  inMemoryDataset,
  nested,
  number,
  oneOf,
  optional,
  positiveInteger,
  resolveOptions,
} from '@polygan/core';
import { digitOfPhrase, FACE_ATTRIBUTES, type FaceAttributes, faceAttributes } from '@polygan/datasets';
import { digitTriples, faces, type Split } from '@polygan/datasets/node';
import { resizedPictures } from '@polygan/image';
import { isSection, type Section } from '../settings/settings.js';
import { type JointData, jointData, textPart, withPairs } from './joint-data.js';

/** The ready-made sets of things in several forms. */
export const READY_MADE_THINGS: Readonly<Record<string, (options: Section) => Promise<JointData>>> = {
  digits: openDigits,
  faces: openFaces,
};

const FACE_ASPECTS = Object.keys(FACE_ATTRIBUTES) as readonly (keyof FaceAttributes)[];

/** So many triples are held out: as many as the test split has pictures. */
const HELD_OUT = 1000;
const RATE = 8000;

/** The share of things that keep all their forms, for trying how far few pairs go; others keep one. */
const pairsField = number({ above: 0, max: 1, default: 1 });
const pictureFields = { size: optional(positiveInteger()), channels: optional(oneOf([1, 3])) };
const soundFields = {
  length: positiveInteger({ default: 8192 }),
  channels: oneOf([1], { default: 1 }),
  sampleRate: oneOf([RATE], { default: RATE }),
};

/** Handwritten, spoken and written digits. */
async function openDigits(given: Section): Promise<JointData> {
  const { text, rest } = withoutText(given);
  const { count, pairs, modalities } = resolveOptions('data', rest, {
    count: positiveInteger({ default: 10_000 }),
    pairs: pairsField,
    modalities: nested({ image: nested(pictureFields), audio: nested(soundFields) }),
  });
  const { length } = modalities.audio;
  const load = async (split: Split, size: number) => digitTriples({ split, count: size, length });
  const [training, test] = [await load('train', count), await load('test', HELD_OUT)];
  const pictures = fittedPictures(training.image.samples, modalities.image as PictureShape);
  const words = await textPart(training.texts, text);
  const shared = { image: pictures.shared, audio: { ...modalities.audio }, text: words.shared };
  const forms = (digits: typeof training, image: Dataset<Batch>) => ({
    image: { dataset: image, indices: digits.image.indices },
    audio: { dataset: inMemoryDataset(digits.audio.samples), indices: digits.audio.indices },
  });
  return jointData({
    parts: withPairs({ ...forms(training, pictures.dataset), text: words }, pairs),
    heldOut: {
      ...forms(test, fittedPictures(test.image.samples, pictures.shared).dataset),
      text: await textPart(test.texts, { ...text, ...words.shared }),
    },
    aspects: [
      {
        name: 'digit',
        classNames: training.classNames,
        labels: training.labels,
        heldOutLabels: test.labels,
        known: { image: 'digits', audio: 'spoken-digits', text: digitOfPhrase },
      },
    ],
    fingerprint: fingerprintOf(training, pairs),
    shared: { modalities: shared },
    options: { count, pairs, modalities: { ...shared, text: { ...text, ...words.shared } } },
    skipped: [],
  });
}

/** Pixel-art faces and their captions. */
async function openFaces(given: Section): Promise<JointData> {
  const { text, rest } = withoutText(given);
  const { pairs, modalities } = resolveOptions('data', rest, {
    pairs: pairsField,
    modalities: nested({ image: nested(pictureFields) }),
  });
  const [training, test] = [await faces({ split: 'train' }), await faces({ split: 'test' })];
  const pictures = fittedPictures(training.image, modalities.image as PictureShape);
  const words = await textPart(training.texts, text);
  const shared = { image: pictures.shared, text: words.shared };
  const inTurn = (dataset: Dataset<Batch>) => ({ dataset, indices: Array.from({ length: dataset.size }, (_, i) => i) });
  return jointData({
    parts: withPairs({ image: inTurn(pictures.dataset), text: words }, pairs),
    heldOut: {
      image: inTurn(fittedPictures(test.image, pictures.shared).dataset),
      text: await textPart(test.texts, { ...text, ...words.shared }),
    },
    aspects: FACE_ASPECTS.map((name) => {
      const classNames: readonly string[] = FACE_ATTRIBUTES[name];
      const classOf = (attributes: FaceAttributes | undefined) => classNames.indexOf(attributes?.[name] ?? '');
      return {
        name,
        classNames,
        labels: training.attributes.map(classOf),
        heldOutLabels: test.attributes.map(classOf),
        known: { text: (caption: string) => classOf(faceAttributes(caption)) },
      };
    }),
    fingerprint: fingerprintOf(training, pairs),
    shared: { modalities: shared },
    options: { pairs, modalities: { ...shared, text: { ...text, ...words.shared } } },
    skipped: [],
  });
}

function fingerprintOf({ fingerprint }: { readonly fingerprint: string }, pairs: number): string {
  return pairs < 1 ? `${fingerprint}/pairs ${pairs}` : fingerprint;
}

/** Options of texts are checked where the texts are opened. */
function withoutText(given: Section): { text: Section; rest: Section } {
  const { modalities, ...options } = given;
  if (!isSection(modalities)) return { text: {}, rest: given };
  const { text, ...forms } = modalities;
  return { text: isSection(text) ? text : {}, rest: { ...options, modalities: forms } };
}

interface PictureShape {
  readonly size?: number | undefined;
  readonly channels?: 1 | 3 | undefined;
}

function fittedPictures(samples: InMemorySamples, { size, channels }: PictureShape) {
  const [own, , ownChannels] = samples.sampleShape as [number, number, 1 | 3];
  const shared = { size: size ?? own, channels: channels ?? ownChannels };
  const dataset = inMemoryDataset(samples);
  const fits = shared.size === own && shared.channels === ownChannels;
  return { shared, dataset: fits ? dataset : resizedPictures(dataset, shared.size, { channels: shared.channels }) };
}
