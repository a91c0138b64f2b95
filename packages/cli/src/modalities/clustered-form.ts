import { clusterSounds } from '@polygan/audio';
import {
  type Batch,
  clusteredDataset,
  clustersField,
  type Dataset,
  either,
  integer,
  oneOf,
  optional,
  type SampleClusters,
} from '@polygan/core';
import { isSection, type Section } from '../settings/settings.js';
import type { ModelForm } from './model-form.js';

/**
 * Sounds in groups that are alike, which a model is told: as many as are asked for, none for 0, or 'auto'. With classes they are groups within classes, without which a model makes
 * one sound for each class. 'auto' is the default, unless samples are pieces at random places: another piece is heard in each pass, and what the first was like says little of it.
 */
export const clusteredForm: ModelForm = {
  options: { clusters: optional(either(either(integer({ min: 0 }), oneOf(['auto'])), clustersField)) },
  async optionsFor({ dataset, shared }, { classes, clusters: asked, seed }, onProgress) {
    const clusters = asked ?? (isCutAtRandom(dataset) ? 0 : 'auto');
    if (clusters === 0) return NONE;
    const found = await clusterSounds(dataset, {
      sampleRate: Number(shared.sampleRate),
      withinClasses: classes !== undefined,
      ...(clusters !== 'auto' && {
        clusters: isSection(clusters) ? (clusters as unknown as SampleClusters).sizes.length : (clusters as number),
      }),
      ...(seed !== undefined && { seed: seed as number }),
      onProgress: (share) => onProgress(share, 'finding sounds that are alike'),
    });
    return { clusters: { ...found } };
  },
  datasetFor(model, dataset) {
    const clusters = model.options.clusters as unknown as SampleClusters | undefined;
    return clusters ? clusteredDataset(dataset, clusters) : dataset;
  },
};

function isCutAtRandom(dataset: Dataset<Batch>): boolean {
  return 'slices' in dataset && dataset.slices === 'random';
}

/** Takes the place of what was asked for. */
const NONE = { clusters: undefined } as unknown as Section;
