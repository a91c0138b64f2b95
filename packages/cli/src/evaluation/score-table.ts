import {
  dataCopying,
  densityCoverage,
  type FeatureMatrix,
  frechetDistance,
  kernelDistance,
  precisionRecall,
  slicedWasserstein,
} from '@polygan/core';
import type { Score } from '@polygan/core/node';

/** What is compared: features of each set, and the samples themselves, flattened. */
export interface ComparedSets {
  readonly reference: FeatureMatrix;
  readonly candidates: FeatureMatrix;
  /** Real samples that are neither in the reference nor generated. */
  readonly others: FeatureMatrix;
  readonly referenceSamples: FeatureMatrix;
  readonly candidateSamples: FeatureMatrix;
}

type Description = Pick<Score, 'metric' | 'title' | 'better' | 'meaning'>;

interface Measure {
  /** The figures it gives, in their order. */
  readonly figures: readonly Description[];
  compute(sets: ComparedSets, seed: number): Promise<number[]>;
  /** Only where the features were not trained. */
  readonly untrainedOnly?: true;
}

/** The scores of `polygan evaluate`, in the order in which they are shown. */
export const MEASURES: readonly Measure[] = [
  {
    figures: [
      {
        metric: 'frechetDistance',
        title: 'Fréchet distance',
        better: 'lower',
        meaning: 'How far the generated samples lie from the real ones as a whole, in mean and spread.',
      },
    ],
    compute: async ({ reference, candidates }) => [frechetDistance(reference, candidates).value],
  },
  {
    figures: [
      {
        metric: 'kernelDistance',
        title: 'Kernel distance (KID)',
        better: 'lower',
        meaning: 'The same question, answered without bias for few samples; about 0 at best.',
      },
    ],
    compute: async ({ reference, candidates }, seed) => [
      (await kernelDistance(reference, candidates, { subsets: 20, seed })).value,
    ],
  },
  {
    figures: [
      {
        metric: 'precisionRecall.precision',
        title: 'Precision',
        better: 'higher',
        meaning: 'Quality: the share of generated samples that lie among the real ones.',
      },
      {
        metric: 'precisionRecall.recall',
        title: 'Recall',
        better: 'higher',
        meaning: 'Variety: the share of real samples that lie among the generated ones.',
      },
    ],
    async compute({ reference, candidates }) {
      const { precision, recall } = await precisionRecall(reference, candidates);
      return [precision, recall];
    },
  },
  {
    figures: [
      {
        metric: 'densityCoverage.density',
        title: 'Density',
        better: 'higher',
        meaning: 'Quality, robust to outliers: how thickly real samples surround the generated ones; about 1 for real samples.',
      },
      {
        metric: 'densityCoverage.coverage',
        title: 'Coverage',
        better: 'higher',
        meaning: 'Variety, robust to outliers: the share of real samples with a generated one near them.',
      },
    ],
    async compute({ reference, candidates }) {
      const { density, coverage } = await densityCoverage(reference, candidates);
      return [density, coverage];
    },
  },
  {
    figures: [
      {
        metric: 'dataCopying.value',
        title: 'Copying',
        better: 'near real',
        meaning: 'Below -3: samples are copies of training samples. Far above 0: they lie further from them than real ones do.',
      },
      {
        metric: 'dataCopying.medianDistance',
        title: 'Distance to the nearest real sample',
        better: 'near real',
        meaning: 'The median; much smaller than for real samples means copies.',
      },
    ],
    async compute({ reference, candidates, others }) {
      const { value, medianDistance } = await dataCopying(reference, others, candidates);
      return [value, medianDistance];
    },
  },
  {
    untrainedOnly: true,
    figures: [
      {
        metric: 'slicedWasserstein',
        title: 'Sliced Wasserstein distance',
        better: 'lower',
        meaning: 'How far the values of the samples themselves lie from those of real ones, along random directions.',
      },
    ],
    compute: async ({ referenceSamples, candidateSamples }, seed) => [
      slicedWasserstein(referenceSamples, candidateSamples, { seed }).value,
    ],
  },
];
