import { expect, test } from 'vitest';
import { drawnLabels } from './drawn-labels.js';
import { normalLatent } from './latent-space.js';

/** Of class 0 there are clusters of 30 and of 10 samples, of class 1 one of 40. */
const clusters = { sizes: [30, 10, 40], classOf: [0, 0, 1] };

const countOf = (labels: Int32Array | undefined, label: number) => labels!.filter((drawn) => drawn === label).length;

test('clusters are drawn by their shares of the data, and more are a continuation', () => {
  const latent = normalLatent(2, { clusters: { sizes: [30, 10, 60], classOf: [] } });
  const labels = drawnLabels(latent, 4000, { seed: 1 });
  for (const [cluster, share] of [0.3, 0.1, 0.6].entries()) {
    expect(Math.abs(countOf(labels, cluster) / 4000 - share)).toBeLessThan(0.03);
  }
  expect(drawnLabels(latent, 50, { seed: 1 })).toEqual(labels!.slice(0, 50));
  expect(drawnLabels(latent, 50, { seed: 2 })).not.toEqual(labels!.slice(0, 50));
  expect(drawnLabels(latent, 3, { seed: 1, cluster: 1 })).toEqual(Int32Array.of(1, 1, 1));
});

test('classes take turns, and within each its clusters are drawn by their shares', () => {
  const latent = normalLatent(2, { classes: 2, clusters });
  const labels = drawnLabels(latent, 4000, { seed: 1 });
  expect(Array.from(labels!, (label) => clusters.classOf[label])).toEqual(Array.from(labels!, (_, i) => i % 2));
  expect(Math.abs(countOf(labels, 0) / 2000 - 0.75)).toBeLessThan(0.03);
  expect(countOf(drawnLabels(latent, 100, { seed: 1, label: 1 }), 2)).toBe(100);
  expect(countOf(drawnLabels(latent, 100, { seed: 1, label: 0 }), 2)).toBe(0);
});

test('what a model does not know cannot be asked of it', () => {
  const latent = normalLatent(2, { classes: 2, clusters });
  expect(drawnLabels(normalLatent(2), 3, { seed: 1 })).toBeUndefined();
  expect(() => drawnLabels(normalLatent(2), 3, { seed: 1, cluster: 0 })).toThrow(
    'cluster must be a cluster of the model, which has none',
  );
  expect(() => drawnLabels(latent, 3, { seed: 1, cluster: 3 })).toThrow('0 to 2; got 3');
  expect(() => drawnLabels(latent, 3, { seed: 1, cluster: 2, label: 0 })).toThrow('cluster 2 is of class 1, not 0');
  expect(() => normalLatent(2, { clusters })).toThrow("'clusters.classOf' must name the class");
});
