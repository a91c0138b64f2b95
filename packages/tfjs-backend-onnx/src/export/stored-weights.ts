import { Float16Array } from '@petamoriken/float16';
import type { ModelConstant, ModelNode } from '../graph/model.js';
import { onnxType } from '../graph/model.js';

/** Bits that each weight of a file takes. */
export type WeightBits = 32 | 16 | 8;

/** Vectors are small, and what they hold (biases, deviations) needs its digits. */
const FEWEST = 256;

/** Weights as they stand in the file, and what makes float32 of them. */
export interface StoredWeights {
  readonly constants: readonly ModelConstant[];
  readonly nodes: readonly ModelNode[];
}

/**
 * Float32 weights in fewer bits, for the runtime to turn back once, when it loads the file: float16 in 16; in 8, steps between the least and the greatest value
 * of each column (last axis), with 0 among them (the affine quantisation of ONNX's DequantizeLinear). Small tensors keep 32.
 */
export function storedWeights(name: string, shape: readonly number[], values: Float32Array, bits: WeightBits): StoredWeights {
  if (bits === 32 || values.length < FEWEST || shape.length < 2) {
    return { constants: [{ name, dtype: 'float32', shape, data: bytesOf(values) }], nodes: [] };
  }
  const stored = `${name}_${bits}`;
  if (bits === 16) {
    const constant: ModelConstant = { name: stored, dtype: 'float16', shape, data: bytesOf(new Float16Array(values)) };
    const attributes = { to: onnxType('float32') };
    return { constants: [constant], nodes: [{ name: stored, operator: 'Cast', inputs: [stored], outputs: [name], attributes }] };
  }
  const columns = shape.at(-1)!;
  const { steps, scales, zeros } = inSteps(values, columns);
  const constants: ModelConstant[] = [
    { name: stored, dtype: 'uint8', shape, data: steps },
    { name: `${name}_scale`, dtype: 'float32', shape: [columns], data: bytesOf(scales) },
    { name: `${name}_zero`, dtype: 'uint8', shape: [columns], data: zeros },
  ];
  const inputs = constants.map((constant) => constant.name);
  const attributes = { axis: shape.length - 1 };
  return { constants, nodes: [{ name: stored, operator: 'DequantizeLinear', inputs, outputs: [name], attributes }] };
}

function inSteps(values: Float32Array, columns: number): { steps: Uint8Array; scales: Float32Array; zeros: Uint8Array } {
  const [least, greatest] = [new Float32Array(columns), new Float32Array(columns)];
  values.forEach((value, i) => {
    const column = i % columns;
    least[column] = Math.min(least[column]!, value);
    greatest[column] = Math.max(greatest[column]!, value);
  });
  // A column of zeros is 0 at any scale.
  const scales = least.map((low, column) => (greatest[column]! - low) / 255 || 1);
  const zeros = Uint8Array.from(least, (low, column) => Math.round(-low / scales[column]!));
  const steps = new Uint8ClampedArray(values.length);
  values.forEach((value, i) => {
    steps[i] = Math.round(value / scales[i % columns]!) + zeros[i % columns]!;
  });
  return { steps: new Uint8Array(steps.buffer), scales, zeros };
}

/** The little-endian bytes of numbers. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
