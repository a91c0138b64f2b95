import type { AnyJointModel } from '@polygan/models';
import type { JointSamples } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';

/** What scores ask of a model. */
export type ScoredModel = Pick<AnyJointModel, 'modalities' | 'samples' | 'translate'>;

/**
 * A model that makes samples and translations once and gives them again when they are asked for again: by the same count and seed, for translations by the same
 * forms and seed, which must then be of the same things. {@link dispose} frees what it keeps.
 */
export function madeOnce({ modalities, samples, translate }: ScoredModel): ScoredModel & { dispose(): void } {
  const drawn = new Map<string, JointSamples[]>();
  const translated = new Map<string, JointSamples>();
  return {
    modalities,
    async *samples(count, options) {
      const key = JSON.stringify([count, options]);
      const kept = drawn.get(key);
      if (kept) {
        for (const piece of kept) yield copied(piece);
        return;
      }
      const pieces: JointSamples[] = [];
      drawn.set(key, pieces);
      for await (const piece of samples(count, options)) {
        pieces.push(copied(piece));
        yield piece;
      }
    },
    translate(given, to, options) {
      const key = JSON.stringify([Object.keys(given), to, options]);
      let kept = translated.get(key);
      if (!kept) {
        kept = translate(given, to, options);
        // The caller may tidy up around it.
        for (const some of Object.values(kept)) tf.keep(some);
        translated.set(key, kept);
      }
      return copied(kept);
    },
    dispose: () => tf.dispose([...drawn.values(), ...translated.values()] as unknown as tf.TensorContainer),
  };
}

/** Tensors of their own with the same values, which take no room of their own. */
function copied(samples: JointSamples): JointSamples {
  return Object.fromEntries(Object.entries(samples).map(([form, some]) => [form, some.clone()]));
}
