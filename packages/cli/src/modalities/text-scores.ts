import type { Score } from '@polygan/core/node';
import {
  bleu,
  copies,
  distinct,
  embeddingSimilarity,
  type LikelihoodModel,
  qualityDiversity,
  rowsOfTokens,
  selfBleu,
  textLikelihood,
} from '@polygan/text';
import type { TextDataset } from '@polygan/text/node';
import * as tf from '@tensorflow/tfjs';
import { UserError } from '../terminal/failure.js';
import { figure } from '../terminal/format.js';
import type { AnyModel, OwnScores, ScoreRequest } from './modality-commands.js';
import { FEWEST_HELD_OUT, heldOutBatches } from './text-training.js';

const ORDERS = [2, 3, 4, 5];
const TEMPERATURES = [0.6, 0.8, 1.2];

/** Scores texts of a model against those that were held out, with the scores of as many texts of the training data beside. */
export async function scoreTexts({ model, data, count, seed, onProgress }: ScoreRequest): Promise<OwnScores> {
  const dataset = data.dataset as TextDataset;
  const references = dataset.heldOut?.texts() ?? [];
  if (references.length < FEWEST_HELD_OUT) {
    throw new UserError(
      `only ${references.length} texts were held out to compare with; at least ${FEWEST_HELD_OUT} are needed: train with more texts`,
    );
  }
  onProgress(0.1, `writing ${figure(count)} texts`);
  const draw = (temperature: number) => drawTexts(model, count, seed, temperature);
  const texts = await draw(1);
  const trained = dataset.texts();
  const real = trained.slice(0, count);
  const sizes = { real: references.length, fake: texts.length };
  const score = (
    metric: string,
    title: string,
    better: Score['better'],
    meaning: string,
    of: (texts: number[][]) => number,
  ): Score => ({
    metric,
    title,
    value: of(texts),
    realValue: of(real),
    better,
    meaning,
    ...sizes,
  });

  onProgress(0.4, 'comparing');
  const [against, among] = [texts, real].map((side) => ({ bleu: bleu(side, references), self: selfBleu(side) }));
  const ofOrder = (kind: 'bleu' | 'self', order: number) => (side: number[][]) =>
    (side === texts ? against! : among!)[kind][order]!;
  const scores = [
    ...ORDERS.map((order) =>
      score(
        `bleu.${order}`,
        `BLEU-${order}`,
        'higher',
        'Quality: how much of the samples is found in held-out texts.',
        ofOrder('bleu', order),
      ),
    ),
    ...ORDERS.map((order) =>
      score(
        `selfBleu.${order}`,
        `Self-BLEU-${order}`,
        'near real',
        'Variety: how much of a sample is found in the other samples.',
        ofOrder('self', order),
      ),
    ),
    score('distinct.2', 'Distinct-2', 'near real', 'Variety: different pairs of tokens over all pairs.', (side) =>
      distinct(side, 2),
    ),
    score(
      'embeddingSimilarity',
      'Embedding similarity',
      'higher',
      'Whether tokens keep the same company as in real texts; 1 at best.',
      (side) => embeddingSimilarity(side, references),
    ),
    {
      ...score(
        'copies',
        'Copies of the data',
        'lower',
        'The share of samples that are texts of the training data, word for word.',
        () => 0,
      ),
      value: copies(texts, trained).fromData,
      realValue: copies(references, trained).fromData,
    },
    score(
      'repeated',
      'Repeated samples',
      'lower',
      'The share of samples that an earlier sample equals.',
      (side) => copies(side, []).repeated,
    ),
  ];
  if (!('logProbabilities' in model)) return described(dataset, scores, sizes.real);

  onProgress(0.6, 'reading held-out texts');
  const { nll, perplexity } = await textLikelihood(model as AnyModel & LikelihoodModel, heldOutBatches(dataset.heldOut!));
  const own = { better: 'lower', ...sizes } as const;
  scores.push(
    {
      ...own,
      metric: 'nll',
      title: 'NLL of a held-out token',
      value: nll,
      meaning: 'In nats: how surprised the model is by real texts.',
    },
    {
      ...own,
      metric: 'perplexity',
      title: 'Perplexity',
      value: perplexity,
      meaning: 'Among how many equally likely tokens it wavers.',
    },
  );
  onProgress(0.7, 'writing at other temperatures');
  const curve = await qualityDiversity(draw, references, { temperatures: TEMPERATURES });
  for (const { temperature, ...point } of curve) {
    const at = `at temperature ${temperature}`;
    const curveScore = { ...sizes, meaning: 'One point of the curve of quality and variety: compare models by whole curves.' };
    scores.push(
      { ...curveScore, metric: `bleu.4@${temperature}`, title: `BLEU-4 ${at}`, value: point.bleu, better: 'higher' },
      {
        ...curveScore,
        metric: `selfBleu.4@${temperature}`,
        title: `Self-BLEU-4 ${at}`,
        value: point.selfBleu,
        better: 'near real',
      },
    );
  }
  return described(dataset, scores, sizes.real);
}

function described({ size }: TextDataset, scores: readonly Score[], references: number): OwnScores {
  return {
    features: 'their tokens; BLEU as NLTK has it with smoothing method 1',
    realSamples: `${figure(references)} held-out texts, ${figure(size)} having been trained on`,
    scores,
  };
}

async function drawTexts(model: AnyModel, count: number, seed: number, temperature: number): Promise<number[][]> {
  const texts: number[][] = [];
  for await (const piece of model.samples(count, { seed, ...(temperature !== 1 && { temperature }) })) {
    const tokens = tf.tidy(() => (piece.rank === 3 ? tf.argMax(piece, -1) : piece.clone()));
    texts.push(...rowsOfTokens(await tokens.data(), tokens.shape[1]!));
    tf.dispose([piece, tokens]);
  }
  return texts;
}
