import type { Score } from '@polygan/core/node';
import { bleu, copies, distinct, embeddingSimilarity, rowsOfTokens, selfBleu } from '@polygan/text';
import * as tf from '@tensorflow/tfjs';

const ORDERS = [2, 3, 4, 5];

/** Texts as rows of tokens. */
type Texts = number[][];

/** What is compared. */
export interface ComparedTexts {
  /** Those that are scored. */
  readonly texts: Texts;
  /** As many real ones, scored beside them. */
  readonly real: Texts;
  /** Real ones that were held out. */
  readonly references: Texts;
  /** All that were trained on. */
  readonly trained: Texts;
}

/** How good and how various texts are, by their tokens alone. */
export function compareTexts({ texts, real, references, trained }: ComparedTexts): Score[] {
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

  const [against, among] = [texts, real].map((side) => ({ bleu: bleu(side, references), self: selfBleu(side) }));
  const ofOrder = (kind: 'bleu' | 'self', order: number) => (side: number[][]) =>
    (side === texts ? against! : among!)[kind][order]!;
  return [
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
}

/** The texts that samples `[batch, length]` of tokens, or `[batch, length, vocabulary]` of how likely each is, stand for. Borrows them. */
export async function tokensOf(samples: tf.Tensor): Promise<Texts> {
  const tokens = tf.tidy(() => (samples.rank === 3 ? tf.argMax(samples, -1) : samples.clone()));
  const rows = rowsOfTokens(await tokens.data(), tokens.shape[1]!);
  tokens.dispose();
  return rows;
}
