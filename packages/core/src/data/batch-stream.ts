import * as tf from '@tensorflow/tfjs';
import type { Random } from '../random/random.js';
import type { Dataset } from './dataset.js';

/** Endless batches in an order that can be taken up again where it stood. */
export interface BatchStream<B> {
  next(): Promise<B>;
  /** How many batches have been handed out. */
  readonly position: number;
  /** Goes to where `position` batches have been handed out; only before the first {@link next}. */
  seek(position: number): Promise<void>;
  /** Disposes of a batch that was fetched ahead, and closes the source. */
  close(): Promise<void>;
}

/**
 * Batches of a dataset, shuffled anew each epoch; epochs follow each other without a short batch between them.
 *
 * The order depends on the random stream's key alone, so that a position is enough to find the place again. The next batch is fetched while the
 * engine works on this one.
 */
export function shuffledBatches<B>(dataset: Dataset<B>, batchSize: number, random: Random): BatchStream<B> {
  let position = 0;
  let ahead: Promise<B> | undefined;
  let shuffled: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) };

  const epochAt = (place: number): number => Math.floor(place / dataset.size);
  const sampleAt = (place: number): number => {
    const epoch = epochAt(place);
    if (epoch !== shuffled.epoch) shuffled = { epoch, order: random.split(epoch).permutation(dataset.size) };
    return shuffled.order[place % dataset.size]!;
  };
  const fetch = (index: number): Promise<B> => {
    const places = Array.from({ length: batchSize }, (_, i) => index * batchSize + i);
    const batch = dataset.batch(places.map(sampleAt), places.map(epochAt));
    // Whoever awaits the batch gets the error; nobody may be waiting yet.
    batch.catch(() => {});
    return batch;
  };

  return {
    get position() {
      return position;
    },
    async next() {
      const batch = await (ahead ?? fetch(position));
      position += 1;
      ahead = fetch(position);
      return batch;
    },
    async seek(to) {
      position = to;
    },
    async close() {
      const batch = await ahead?.catch(() => undefined);
      ahead = undefined;
      if (batch) disposeBatch(batch);
    },
  };
}

/**
 * Batches that come from elsewhere: any async iterable, a `tf.data` dataset's iterator, a generator of the caller's.
 *
 * @throws when the source ends: the loop needs endless batches, so repeat the source
 */
export function iteratedBatches<B>(source: AsyncIterable<B>): BatchStream<B> {
  const iterator = source[Symbol.asyncIterator]();
  let position = 0;
  const next = async (): Promise<B> => {
    const { value, done } = await iterator.next();
    if (done) throw new Error(`train: the data ended after ${position} batches; hand in a source that repeats for ever`);
    position += 1;
    return value;
  };
  return {
    get position() {
      return position;
    },
    next,
    async seek(to) {
      while (position < to) disposeBatch(await next());
    },
    async close() {
      await iterator.return?.();
    },
  };
}

/** Disposes of every tensor in a batch. */
export function disposeBatch(batch: unknown): void {
  tf.dispose(batch as tf.TensorContainer);
}
