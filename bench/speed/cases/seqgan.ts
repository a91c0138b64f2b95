import { type Batch, Random } from '@polygan/core';
import { type SeqGan, seqGan } from '@polygan/text';
import * as tf from '@tensorflow/tfjs';
import type { CaseSize, SpeedCase } from '../case.js';
import { samplingCase } from './sampling.js';
import { trainingCase } from './training.js';

const VOCABULARY = 5000;
const LENGTH = 20;

/** The SeqGAN of the paper; the width is that of its LSTM and of its embeddings. */
const seqGanOfWidth = (width: number): SeqGan =>
  seqGan({ vocabulary: VOCABULARY, length: LENGTH, generator: { embedding: width, hidden: width } });

/** Batches of random rows without end. */
const randomRows = (batch: number): AsyncIterable<Batch> => ({
  async *[Symbol.asyncIterator]() {
    for (const random = Random.fromSeed(0); ; ) {
      const tokens = Int32Array.from({ length: batch * LENGTH }, () => random.integer(VOCABULARY));
      yield { samples: tf.tensor2d(tokens, [batch, LENGTH], 'int32') };
    }
  },
});

const training = ({ batch, width }: CaseSize, adversarial: boolean) => {
  const without = { preTraining: 0, discriminatorPreTraining: 0, adversarialUpdates: 0 };
  const stage = adversarial
    ? { adversarialUpdates: Number.MAX_SAFE_INTEGER, discriminatorSteps: 1, discriminatorUpdates: 1 }
    : { preTraining: Number.MAX_SAFE_INTEGER };
  return trainingCase(seqGanOfWidth(width), randomRows(batch), { ...without, ...stage, batchSize: batch }, adversarial ? 1 : 5);
};

export const seqganMle: SpeedCase = {
  title: 'LSTM language model of 5000 tokens, one step of maximum likelihood',
  size: { batch: 64, width: 32 },
  variants: [{ batch: 16 }, { batch: 256 }, { width: 64 }, { width: 128 }],
  prepare: (size) => training(size, false),
};

/** An update by policy gradient with 16 roll-outs, and one of the discriminator. */
export const seqganAdv: SpeedCase = {
  title: 'SeqGAN, one adversarial step',
  size: { batch: 64, width: 32 },
  prepare: (size) => training(size, true),
};

export const sampleSeqgan: SpeedCase = {
  title: 'SeqGAN, sampling a batch of rows of 20 tokens',
  size: { batch: 1024, width: 32 },
  prepare: ({ batch, width }) => samplingCase(seqGanOfWidth(width), batch),
};
