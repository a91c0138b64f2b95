import * as tf from '@tensorflow/tfjs';

/** Bits that each weight of a stored model takes. */
export type WeightBits = 32 | 16 | 8;

/** Weights as `tf.io` stores them. */
interface StoredWeights {
  readonly specs: readonly tf.io.WeightsManifestEntry[];
  readonly data: Uint8Array;
}

/**
 * Weights in fewer bits, in the form that `tf.loadLayersModel` turns back by itself: of each tensor the steps from its least value to its greatest are
 * counted, 65,535 of them in 16 bits and 255 in 8, so that a weight is off by half a step at most. What is not float32 stays as it is.
 */
export function compactWeights({ specs, data }: StoredWeights, bits: WeightBits): StoredWeights {
  if (bits === 32) return { specs, data };
  const pieces: Uint8Array[] = [];
  let at = 0;
  const compacted = specs.map((spec) => {
    const bytes = data.slice(at, at + tf.util.sizeFromShape(spec.shape) * BYTES[spec.dtype as keyof typeof BYTES]);
    at += bytes.length;
    if (spec.dtype !== 'float32') {
      pieces.push(bytes);
      return spec;
    }
    const { steps, min, scale } = counted(new Float32Array(bytes.buffer), bits);
    pieces.push(new Uint8Array(steps.buffer));
    return { ...spec, quantization: { dtype: bits === 16 ? 'uint16' : 'uint8', min, scale } as const };
  });
  return { specs: compacted, data: Buffer.concat(pieces) };
}

const BYTES = { float32: 4, int32: 4, bool: 1 } as const;

function counted(values: Float32Array, bits: 16 | 8): { steps: Uint16Array | Uint8Array; min: number; scale: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  // All alike, or none: any scale will do.
  const scale = max > min ? (max - min) / (2 ** bits - 1) : 1;
  const steps = bits === 16 ? new Uint16Array(values.length) : new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) steps[i] = Math.round((values[i]! - min) / scale);
  return { steps, min: values.length > 0 ? min : 0, scale };
}
