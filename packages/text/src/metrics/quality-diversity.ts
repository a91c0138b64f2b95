import { selfBleu } from './bleu.js';
import { bleuReferences } from './bleu-references.js';

/** One temperature's place between quality and diversity. */
export interface QualityDiversityPoint {
  readonly temperature: number;
  /** BLEU against the references: quality, higher is better. */
  readonly bleu: number;
  /** Self-BLEU: lower is more varied. */
  readonly selfBleu: number;
}

/** Options of {@link qualityDiversity}. */
export interface QualityDiversityOptions {
  /** Default 0.6, 0.7, … 1.2. */
  readonly temperatures?: readonly number[];
  /** The order of both scores. Default 4. */
  readonly order?: number;
}

const TEMPERATURES = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2] as const;

/**
 * The curve that a model's samples run along as the temperature changes ("Language GANs Falling Short", Caccia et al. 2018, arXiv 1811.02549): one
 * pair of scores can always be bought with the other, so models are compared by their whole curves, and a language model trained by maximum likelihood
 * is the one to beat.
 *
 * @param sample draws texts as tokens at a temperature, equally many each time
 * @param references held-out real texts as tokens
 */
export async function qualityDiversity(
  sample: (temperature: number) => Promise<readonly (readonly number[])[]>,
  references: readonly (readonly number[])[],
  { temperatures = TEMPERATURES, order = 4 }: QualityDiversityOptions = {},
): Promise<QualityDiversityPoint[]> {
  const prepared = bleuReferences(references, order);
  const points: QualityDiversityPoint[] = [];
  for (const temperature of temperatures) {
    const texts = await sample(temperature);
    const total = texts.reduce((sum, text) => sum + prepared.score(text)[order - 1]!, 0);
    points.push({ temperature, bleu: total / texts.length, selfBleu: selfBleu(texts, { orders: [order] })[order]! });
  }
  return points;
}
