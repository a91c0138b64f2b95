import { clusterSounds } from '@polygan/audio';
import { clusteredDataset, clustersField, either, integer, oneOf, optional, type SampleClusters } from '@polygan/core';
import { isSection, type Section } from '../settings/settings.js';
import type { ModelForm } from './model-form.js';

/** Sounds in groups that are alike, which a model is told: as many as are asked for, none for 0, or 'auto', which is the default where it is not told classes. */
export const clusteredForm: ModelForm = {
  options: { clusters: optional(either(either(integer({ min: 0 }), oneOf(['auto'])), clustersField)) },
  async optionsFor({ dataset, shared }, { classes, clusters = classes === undefined ? 'auto' : 0, seed }, onProgress) {
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

/** Takes the place of what was asked for. */
const NONE = { clusters: undefined } as unknown as Section;
