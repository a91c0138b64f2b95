import type { Score } from '@polygan/core/node';
import { type LikelihoodModel, qualityDiversity, textLikelihood } from '@polygan/text';
import type { TextDataset } from '@polygan/text/node';
import { compareTexts, tokensOf } from '../evaluation/compare-texts.js';
import { UserError } from '../terminal/failure.js';
import { figure } from '../terminal/format.js';
import type { AnyModel, OwnScores, ScoreRequest } from './modality-commands.js';
import { FEWEST_HELD_OUT, heldOutBatches } from './text-training.js';

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
  onProgress(0.4, 'comparing');
  const trained = dataset.texts();
  const sizes = { real: references.length, fake: texts.length };
  const scores = compareTexts({ texts, real: trained.slice(0, count), references, trained });
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
    texts.push(...(await tokensOf(piece)));
    piece.dispose();
  }
  return texts;
}
