import { type Batch, type Dataset, OptionsError, Random, Training, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { learnTokenizer } from '../tokens/learn-tokenizer.js';
import { tokenRows } from '../tokens/token-rows.js';
import { latentText, latentTextParts } from './latent-text.js';

const WORDS = ['ada', 'bea', 'cleo', 'dan', 'eve', 'fay', 'gus', 'hal'];
const tokenizer = learnTokenizer(WORDS);
const LENGTH = 4;

const made: { dispose(): void }[] = [];
function tiny(options = {}) {
  const model = latentText({ tokenizer, length: LENGTH, latentDimensions: 8, width: 16, blocks: 1, ...options });
  made.push(model);
  return model;
}
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

function words(classes = false): Dataset<Batch> {
  const tokens = WORDS.map((word) => tokenizer.encode(word));
  return {
    size: WORDS.length,
    fingerprint: 'words',
    batch: async (indices) => ({
      samples: tf.tensor2d(
        tokenRows(
          indices.map((index) => tokens[index]!),
          LENGTH,
        ),
        [indices.length, LENGTH],
        'int32',
      ),
      ...(classes && {
        labels: tf.tensor1d(
          indices.map((index) => index % 2),
          'int32',
        ),
      }),
    }),
  };
}

describe('samples', () => {
  it('are one-hot texts, the same for the same seed', async () => {
    const model = tiny();
    const [few, many] = [await model.sample(3, { seed: 1 }), await model.sample(5, { seed: 1 })];
    expect(few.shape).toEqual([3, LENGTH, tokenizer.vocabulary.length]);
    const sums = tf.tidy(() => tf.stack([tf.max(few, -1), tf.sum(few, -1)]));
    for (const sum of await sums.data()) expect(sum).toBeCloseTo(1, 5);
    expect((await model.modality.decode(many)).slice(0, 3)).toEqual(await model.modality.decode(few));
    tf.dispose([few, many, sums]);
  });
});

describe('training', () => {
  it('goes from autoencoding to the adversarial game, with autoencoding beside it', async () => {
    const stages: string[] = [];
    const options = { steps: 4, batchSize: 4, reportEvery: 1, autoencodingSteps: 2 };
    for await (const { stage, metrics } of train(tiny(), words(), options)) {
      stages.push(stage!.name);
      expect('loss/generator' in metrics).toBe(stage!.name === 'adversarial');
      expect('loss/reconstruction' in metrics).toBe(true);
    }
    expect(stages).toEqual(['autoencoding', 'autoencoding', 'adversarial', 'adversarial']);
  });

  it.each([
    { autoencodingSteps: 0 },
    { loss: 'wasserstein', penalty: { kind: 'wgan-gp' }, discriminatorSteps: 2, autoencodingSteps: 1 },
    { temperature: { from: 2, to: 0.5, over: 64 }, autoencoding: { prior: 0 }, autoencodingSteps: 1 },
  ] as const)('runs with %j', async (options) => {
    const model = tiny();
    const before = await model.networks.generator.getWeights()[0]!.data();
    for await (const _ of train(model, words(), { steps: 3, batchSize: 4, reportEvery: 3, ...(options as object) }));
    expect(await model.networks.generator.getWeights()[0]!.data()).not.toEqual(before);
  });

  it('tells all networks the class, where there are classes', async () => {
    const model = tiny({ classes: 2 });
    for await (const _ of train(model, words(true), { steps: 3, batchSize: 4, autoencodingSteps: 1 }));
    const samples = await model.sample(4, { label: 1 });
    const labels = tf.tensor1d([1, 1, 1, 1], 'int32');
    const points = model.encode(samples, labels);
    expect(points.shape).toEqual([4, 8]);
    tf.dispose([samples, labels, points]);
  });

  it('goes on with the same bits from a stored state', async () => {
    const run = async (stops: readonly number[]) => {
      let state: Awaited<ReturnType<Training<Batch, object>['state']>> | undefined;
      let weights: Float32Array[] = [];
      for (const steps of stops) {
        const model = tiny();
        const training = new Training(model, words(), { steps, batchSize: 4, reportEvery: 100, autoencodingSteps: 3 });
        if (state) await training.restore(state);
        await training.advance();
        state = await training.state();
        weights = await Promise.all(
          model.networks.generator.getWeights().map((tensor) => tensor.data() as Promise<Float32Array>),
        );
        await training.dispose();
      }
      return weights.map((values) => [...values]);
    };
    expect(await run([2, 5])).toEqual(await run([5]));
  });
});

describe('the parts for other models', () => {
  it('let gradients pass from the score of a text to its latent point', async () => {
    const { networks, modality, autoencoder } = latentTextParts({
      tokenizer,
      length: LENGTH,
      latentDimensions: 4,
      width: 8,
      blocks: 1,
    });
    const [generator, discriminator, encoder] = [networks.generator(), networks.discriminator(), autoencoder.encoder()];
    const points = Random.fromSeed(1).normalTensor<tf.Rank.R2>([2, 4]);
    const gradient = tf.tidy(() =>
      tf.grad((z: tf.Tensor) => {
        const texts = generator.apply(z, { training: true }) as tf.Tensor;
        const [score] = discriminator.apply(texts, { training: true }) as tf.Tensor[];
        return tf.add(tf.sum(score!), tf.sum(encoder.apply(texts, { training: true }) as tf.Tensor));
      })(points),
    );
    expect((await gradient.data()).every((value) => value !== 0)).toBe(true);
    expect(modality.sampleShape).toEqual([LENGTH, tokenizer.vocabulary.length]);
    for (const network of [generator, discriminator, encoder]) network.dispose();
    tf.dispose([points, gradient]);
  });

  it('the generator survives a way through model.json', async () => {
    const model = tiny();
    let saved: tf.io.ModelArtifacts | undefined;
    await model.sampler.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = JSON.parse(JSON.stringify({ ...artifacts, weightData: undefined }));
        saved = { ...saved, weightData: artifacts.weightData as ArrayBuffer };
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
    const points = Random.fromSeed(1).normalTensor<tf.Rank.R2>([3, 8]);
    const [a, b] = [model.generate(points), loaded.predict(points) as tf.Tensor];
    expect(await a.data()).toEqual(await b.data());
    loaded.dispose();
    tf.dispose([points, a, b]);
  });
});

it('can be made again from its options, through JSON', () => {
  const { options } = tiny();
  const again = tiny(JSON.parse(JSON.stringify(options)));
  expect(again.options).toEqual(options);
});

it('refuses what it does not know', () => {
  expect(() => tiny({ lenght: 3 })).toThrow(OptionsError);
  expect(() => latentText({ length: 3 } as never)).toThrow("'tokenizer' is missing");
});
