import { logMelSpectrogram } from '@polygan/audio';
import type { Score } from '@polygan/core/node';
import type { AnyJointModel, FormName } from '@polygan/models';
import { conditionalDiversity, distinctShare, linearProbe, pairwiseDistance, type Variety } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import { sharedOf } from '../joint-data.js';
import type { JointScoreRequest } from './joint-score-request.js';
import { labelledBy } from './labelled-by.js';

/** What reads and translates: answers to one question must not be those to another. */
interface Read extends Omit<JointScoreRequest, 'model'> {
  readonly model: AnyJointModel;
}

/** So many things are translated several times each. */
const ASKED = 24;
const ANSWERS = 8;
/** Frames of sounds are about so long. */
const FRAME_SECONDS = 0.032;

/** Are there many answers where many are right? Pictures are compared by their values, sounds by their log-mel spectrograms, texts by whether they are the same. */
export async function diversityScores({ data, model, seed, rows }: Read): Promise<Score[]> {
  const forms = Object.entries(model.modalities).map(([form, modality]) => {
    const ways: Record<FormName, () => Variety> = {
      image: pairwiseDistance,
      audio: () => pairwiseDistance(logMelAt(Number(sharedOf(data, form).sampleRate))),
      text: () => distinctShare((texts) => modality.decode(texts)),
    };
    return [form, ways[form as FormName]()] as const;
  });
  const options = { rows: Math.min(ASKED, rows), answers: ANSWERS, seed };
  const { directions, ofReal } = await conditionalDiversity(model, data.heldOut, Object.fromEntries(forms), options);
  return Object.entries(directions).map(([direction, value]) => {
    const realValue = ofReal[direction.split('→')[1]!];
    return {
      metric: `conditionalDiversity.${direction}`,
      title: `Diversity of ${direction}`,
      value,
      ...(realValue !== undefined && { realValue }),
      better: 'higher',
      meaning: `How different ${ANSWERS} translations of one thing are. The real figure is that of ${ANSWERS} different things, which answers should stay below.`,
      real: options.rows,
      fake: options.rows * ANSWERS,
    };
  });
}

/** Log-mel spectrograms of sounds `[batch, samples, channels]`. */
function logMelAt(sampleRate: number) {
  const frameLength = 2 ** Math.round(Math.log2(FRAME_SECONDS * sampleRate));
  return (sounds: tf.Tensor) =>
    logMelSpectrogram(tf.mean(sounds, 2) as tf.Tensor2D, { sampleRate, frameLength, hopLength: frameLength / 2 });
}

/** How plainly codes say what a thing is, mean over what things are told apart by. */
export async function probeScores({ data, model, seed, rows }: Read): Promise<Score[]> {
  const byForms = new Map<string, number[]>();
  for (const { labels, heldOutLabels } of data.aspects) {
    const [learn, test] = [labelledBy(labels, data.dataset), labelledBy(heldOutLabels, data.heldOut)];
    const { forms } = await linearProbe(model, learn, test, { rows: 2 * rows, seed });
    for (const [name, share] of Object.entries(forms)) byForms.set(name, [...(byForms.get(name) ?? []), share]);
  }
  return [...byForms].map(([name, shares]) => ({
    metric: `linearProbe.${name}`,
    title: `Code of ${name} classified`,
    value: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    better: 'higher',
    meaning: 'How often a linear classifier is right that sees nothing but what the model reads in these forms of real things.',
    real: 2 * rows,
    fake: 0,
  }));
}
