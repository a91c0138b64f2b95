/**
 * A modality of one's own, joined with pictures: series of sixteen numbers, and charts of them. The model makes new ones of both, and reads numbers off a chart.
 *
 *   pnpm home-made-modality --minutes 1
 * The numbers are 0.75 times as far off as those of another chart after some seconds, half as far after a minute.
 */
import { parseArgs } from 'node:util';
import { type GanParts, inMemoryDataset, latentSpace, Random, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { dcganParts } from '@polygan/image';
import { jointDataset, multimodalGan } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';

const { values: flags } = parseArgs({ options: { minutes: { type: 'string', default: '0.1' } } });
const [LENGTH, COUNT, CODE] = [16, 2000, 32];

/** What a modality is: how its samples become tensors and back, a generator, and a discriminator that gives a score and features. */
function seriesParts(latentDimensions: number): GanParts<number[]> {
  // With seeds, so that a network that is made twice begins alike.
  const dense = (units: number, activation: 'elu' | 'tanh' | 'linear', seed: number) =>
    tf.layers.dense({ units, activation, kernelInitializer: tf.initializers.glorotNormal({ seed }) });
  const apply = (layers: tf.layers.Layer[], input: tf.SymbolicTensor) =>
    layers.reduce((map, layer) => layer.apply(map) as tf.SymbolicTensor, input);
  return {
    kind: 'series',
    options: { latentDimensions },
    latent: latentSpace({ distribution: 'normal', dimensions: latentDimensions }),
    modality: {
      kind: 'series',
      sampleShape: [LENGTH],
      encode: (series) => tf.tensor2d([...series]),
      decode: async (batch) => (await batch.array()) as number[][],
    },
    networks: {
      generator() {
        const input = tf.input({ shape: [latentDimensions] });
        const outputs = apply([dense(64, 'elu', 1), dense(64, 'elu', 2), dense(LENGTH, 'tanh', 3)], input);
        return tf.model({ inputs: input, outputs });
      },
      discriminator() {
        const input = tf.input({ shape: [LENGTH] });
        const features = apply([dense(64, 'elu', 4), dense(64, 'elu', 5)], input);
        return tf.model({ inputs: input, outputs: [apply([dense(1, 'linear', 6)], features), features] });
      },
    },
    training: { penalty: { kind: 'r1', weight: 0.1 } },
  };
}

await useEngine();
// Waves of many lengths, and each as a chart: white where it lies above the pixel.
const random = Random.fromSeed(1);
const waves = new Float32Array(COUNT * LENGTH);
for (let wave = 0; wave < COUNT; wave++) {
  const [turns, start] = [0.5 + random.uniform(), random.uniform()];
  for (let x = 0; x < LENGTH; x++) waves[wave * LENGTH + x] = 0.8 * Math.sin(2 * Math.PI * (start + (turns * x) / LENGTH));
}
const height = (y: number) => 1 - (2 * y + 1) / LENGTH;
const pixels = Uint8Array.from({ length: COUNT * LENGTH ** 2 }, (_, i) =>
  height(Math.floor(i / LENGTH) % LENGTH) < waves[Math.floor(i / LENGTH ** 2) * LENGTH + (i % LENGTH)]! ? 255 : 0,
);
const series = inMemoryDataset({ values: waves, sampleShape: [LENGTH], fingerprint: 'waves' });
const charts = inMemoryDataset({ values: pixels, sampleShape: [LENGTH, LENGTH, 1], fingerprint: 'charts' });

const image = dcganParts({ size: 16, channels: 1, width: 16, latentDimensions: CODE + 8, discriminatorNorm: 'spectral' });
const gan = multimodalGan({ modalities: { image, series: seriesParts(CODE + 8) }, codeDimensions: CODE });
const data = jointDataset({ parts: { image: { dataset: charts }, series: { dataset: series } } });
const options = { minutes: Number(flags.minutes), batchSize: 32, modalities: { image: { loss: 'hinge' } } } as const;
for await (const { step, stage, metrics } of train(gan, data, options)) console.log(step, stage?.name, metrics);

const { samples, present } = await data.batch(Array.from({ length: 200 }, (_, i) => i));
const distance = (a: tf.Tensor, b: tf.Tensor) => tf.sqrt(tf.mean(tf.square(tf.sub(a, b))));
const error = tf.tidy(() => {
  const read = gan.translate({ image: samples.image! }, ['series']).series!;
  return tf.div(distance(read, samples.series!), distance(tf.reverse(samples.series!, 0), samples.series!));
});
console.log(`Numbers read off charts are ${(await error.data())[0]!.toFixed(2)} times as far off as those of another chart.`);
tf.dispose([samples, present, error] as unknown as tf.TensorContainer);
gan.dispose();
