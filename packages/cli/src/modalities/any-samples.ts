import type { JointSamples } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import type { AnySamples } from './modality-commands.js';

/** The tensors that samples are made of by name; those of one form alone are 'samples'. */
export function tensorsOf(samples: AnySamples): JointSamples {
  return samples instanceof tf.Tensor ? { samples } : samples;
}

/** How many samples there are. */
export function countOf(samples: AnySamples): number {
  return Object.values(tensorsOf(samples))[0]!.shape[0]!;
}

/** Lets an engine that runs lazily make these samples before others are asked for. */
export async function computed<S extends AnySamples>(samples: S): Promise<S> {
  await Promise.all(Object.values(tensorsOf(samples)).map((tensor) => tensor.data()));
  return samples;
}

/** Samples one after another, all of the same forms. Takes over the pieces; the caller owns the result. */
export function joined(pieces: readonly AnySamples[]): AnySamples {
  const [first] = pieces;
  const result =
    first instanceof tf.Tensor
      ? tf.concat(pieces as tf.Tensor[])
      : Object.fromEntries(Object.keys(first!).map((name) => [name, tf.concat(pieces.map((piece) => tensorsOf(piece)[name]!))]));
  disposeOf(...pieces);
  return result;
}

export function disposeOf(...samples: readonly AnySamples[]): void {
  tf.dispose(samples as unknown as tf.TensorContainer);
}
