import { type Batch, type Dataset, type Modality, Random } from '@polygan/core';
import type { Score } from '@polygan/core/node';
import { featureNetwork } from '@polygan/datasets/node';
import type { FormName } from '@polygan/models';
import {
  type Classifiers,
  type Classify,
  conditionalCoherence,
  type JointBatch,
  jointCoherence,
  NO_CLASS,
} from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import { classifyWith, trainedClassifier } from '../../evaluation/form-classifier.js';
import { UserError } from '../../terminal/failure.js';
import { figure } from '../../terminal/format.js';
import { type Aspect, sharedOf } from '../joint-data.js';
import type { JointScoreRequest } from './joint-score-request.js';
import { labelledBy } from './labelled-by.js';

/** So many real things are judged at once. */
const PIECE = 50;

/** Coherences of one aspect, beside those of real things. */
interface AspectScores {
  readonly joint: number;
  readonly realJoint: number;
  readonly directions: Readonly<Record<string, number>>;
  /** How often the classifier of each form is right on held-out real samples. */
  readonly accuracies: Readonly<Record<string, number>>;
}

/** What is found, and by what. */
export interface CoherenceScores {
  readonly scores: readonly Score[];
  /** The classifiers, and how good they are, in words. */
  readonly judges: string;
}

/** Do the forms of one thing belong together? Judged by classifiers of each form that have seen real samples alone. */
export async function coherenceScores({
  data,
  model,
  count,
  rows,
  seed,
  onProgress,
}: JointScoreRequest): Promise<CoherenceScores> {
  const { aspects } = data;
  const scored: AspectScores[] = [];
  for (const [i, aspect] of aspects.entries()) {
    const tell = (share: number, text: string) =>
      onProgress((i + share) / aspects.length, aspects.length > 1 ? `${aspect.name}: ${text}` : text);
    scored.push(await scoreAspect(aspect, { data, model, count, rows, seed, tell }));
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const counts = { real: rows, fake: count };
  const [first] = scored;
  const accuracy = (form: string) => Math.round(1000 * mean(scored.map(({ accuracies }) => accuracies[form]!))) / 10;
  const judges = Object.keys(first!.accuracies).map((form) => `${form} (${figure(accuracy(form))} % right)`);
  return {
    judges: `classifiers of ${judges.join(', ')}`,
    scores: [
      {
        metric: 'jointCoherence',
        title: 'Joint coherence',
        value: mean(scored.map(({ joint }) => joint)),
        realValue: mean(scored.map(({ realJoint }) => realJoint)),
        better: 'higher',
        meaning: 'The share of things made up whose forms are all of one class.',
        ...counts,
      },
      ...(aspects.length > 1 ? aspects : []).map(
        (aspect, i): Score => ({
          metric: `jointCoherence.${aspect.name}`,
          title: `Joint coherence: ${aspect.name}`,
          value: scored[i]!.joint,
          realValue: scored[i]!.realJoint,
          better: 'higher',
          meaning: `The share of things made up whose forms agree on this: ${aspect.classNames.join(', ')}.`,
          ...counts,
        }),
      ),
      ...Object.keys(first!.directions).map(
        (direction): Score => ({
          metric: `conditionalCoherence.${direction}`,
          title: direction,
          value: mean(scored.map(({ directions }) => directions[direction]!)),
          realValue: mean(scored.map(({ accuracies }) => accuracies[direction.split('→')[1]!]!)),
          better: 'higher',
          meaning: 'The share of translations of real things that are of the class of the thing.',
          real: rows,
          fake: rows,
        }),
      ),
    ],
  };
}

interface AspectRequest extends Omit<JointScoreRequest, 'onProgress'> {
  readonly tell: (share: number, text: string) => void;
}

async function scoreAspect(aspect: Aspect, { data, model, count, rows, seed, tell }: AspectRequest): Promise<AspectScores> {
  const networks: tf.LayersModel[] = [];
  const forms = Object.keys(data.parts) as FormName[];
  const classifiers: Record<string, Classify> = {};
  for (const form of forms) {
    const known = await knownClassifier(aspect, form, model.modalities[form]!, networks);
    classifiers[form] = known ?? (await newClassifier(aspect, form, { data, seed, networks, tell }));
  }
  tell(0.4, 'looking at real things');
  const real = await ofRealThings(data.heldOut, aspect.heldOutLabels, classifiers, { rows, seed });
  tell(0.5, `making ${figure(count)} things`);
  const joint = await jointCoherence(model, classifiers, { count, seed });
  tell(0.75, 'translating in every direction');
  const things = labelledBy(aspect.heldOutLabels, data.heldOut);
  const { directions } = await conditionalCoherence(model, things, classifiers, { rows, seed });
  for (const network of networks) network.dispose();
  return { joint: joint.value, realJoint: real.joint, directions, accuracies: real.accuracies };
}

/** The classifier of a form that comes with polygan, where there is one for samples of this shape. */
async function knownClassifier(
  { known }: Aspect,
  form: FormName,
  modality: Modality,
  networks: tf.LayersModel[],
): Promise<Classify | undefined> {
  if (form === 'text') {
    const classOf = known?.text;
    return (
      classOf && (async (samples) => ((await modality.decode(samples)) as string[]).map((text) => classOf(text) ?? NO_CLASS))
    );
  }
  const name = known?.[form];
  if (!name) return undefined;
  const network = await featureNetwork(name);
  networks.push(network);
  return String(network.inputs[0]!.shape.slice(1)) === String(modality.sampleShape) ? classifyWith(network) : undefined;
}

async function newClassifier(
  { labels, classNames }: Aspect,
  form: FormName,
  { data, seed, networks, tell }: Pick<AspectRequest, 'data' | 'seed' | 'tell'> & { networks: tf.LayersModel[] },
): Promise<Classify> {
  const { dataset, indices } = data.parts[form]!;
  const rows = Array.from(indices, (_, row) => row).filter((row) => indices[row]! >= 0 && labels[row]! >= 0);
  if (rows.length === 0) throw new UserError(`no ${form} has a label, so that nothing can be said of what it shows`);
  const training: Dataset<Batch> = {
    size: rows.length,
    fingerprint: dataset.fingerprint,
    async batch(wanted, epochs) {
      const { samples, labels: own } = await dataset.batch(wanted.map((i) => indices[rows[i]!]!), epochs); // biome-ignore format: one thought
      own?.dispose();
      return { samples, labels: tf.tensor1d(wanted.map((i) => labels[rows[i]!]!), 'int32') }; // biome-ignore format: one thought
    },
  };
  const network = await trainedClassifier({
    form,
    dataset: training,
    classes: classNames.length,
    shared: sharedOf(data, form),
    seed,
    onProgress: ({ progress, metrics }) =>
      tell(0.4 * progress, `training a classifier of ${form}, ${Math.round(100 * metrics.accuracy!)} % right`),
  });
  networks.push(network);
  return classifyWith(network);
}

/** How often each classifier is right on real things, and how often all of them agree on those that have all forms. */
async function ofRealThings(
  things: Dataset<JointBatch>,
  labels: ArrayLike<number>,
  classifiers: Classifiers,
  { rows, seed }: { rows: number; seed: number },
): Promise<{ joint: number; accuracies: Record<string, number> }> {
  const chosen = [...Random.fromSeed(seed).split('real').permutation(things.size)].slice(0, rows);
  const right: Record<string, boolean[]> = Object.fromEntries(Object.keys(classifiers).map((form) => [form, []]));
  const forms = Object.keys(classifiers);
  const agree: boolean[] = [];
  for (let from = 0; from < chosen.length; from += PIECE) {
    const piece = chosen.slice(from, from + PIECE);
    const { samples, present } = await things.batch(piece);
    const classes: Record<string, ArrayLike<number>> = {};
    const has: Record<string, ArrayLike<number>> = {};
    for (const [form, classify] of Object.entries(classifiers)) {
      classes[form] = await classify(samples[form]!);
      has[form] = await present[form]!.data();
    }
    tf.dispose([samples, present] as unknown as tf.TensorContainer);
    for (const [i, row] of piece.entries()) {
      const there = forms.filter((form) => has[form]![i]);
      if (labels[row]! >= 0) for (const form of there) right[form]!.push(classes[form]![i] === labels[row]);
      if (there.length === forms.length) agree.push(forms.every((form) => classes[form]![i] === classes[forms[0]!]![i]));
    }
  }
  const share = (hits: readonly boolean[]) => hits.filter(Boolean).length / Math.max(1, hits.length);
  return {
    joint: share(agree),
    accuracies: Object.fromEntries(Object.entries(right).map(([form, hits]) => [form, share(hits)])),
  };
}
