import { Float16Array } from '@petamoriken/float16';
import type { StoredTensor } from '../../training/state.js';

/** A tensor of a file: one of a model, or its numbers in half precision, as bits. */
export type SafeTensor =
  | StoredTensor
  | { readonly shape: readonly number[]; readonly dtype: 'float16'; readonly values: Uint16Array };

const CODES = { float32: 'F32', float16: 'F16', int32: 'I32', bool: 'BOOL' } as const;

/**
 * Named tensors in the safetensors format: eight bytes with the length of a JSON header, the header, then the values one after another,
 * little-endian. Python's `safetensors` opens it.
 *
 * @param metadata kept in the header, by name
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, SafeTensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, object> = metadata ? { __metadata__: metadata } : {};
  let size = 0;
  for (const [name, { values, shape, dtype }] of Object.entries(tensors)) {
    header[name] = { dtype: CODES[dtype], shape, data_offsets: [size, size + values.byteLength] };
    size += values.byteLength;
  }
  // Spaces after the header keep the values aligned to eight bytes.
  const json = JSON.stringify(header);
  const head = new TextEncoder().encode(json + ' '.repeat((8 - (new TextEncoder().encode(json).length % 8)) % 8));
  const file = new Uint8Array(8 + head.length + size);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  let place = 8 + head.length;
  for (const { values } of Object.values(tensors)) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), place);
    place += values.byteLength;
  }
  return file;
}

/**
 * The tensors of a safetensors file, in the order of their names' first appearance. Half precision becomes float32.
 *
 * @throws if the bytes are no safetensors file, or hold another type than F32, F16, I32 and BOOL
 */
export function decodeSafetensors(file: Uint8Array): Record<string, StoredTensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headLength = file.byteLength >= 8 ? Number(view.getBigUint64(0, true)) : Infinity;
  if (headLength > file.byteLength - 8)
    throw new Error(`decodeSafetensors: ${file.byteLength} bytes are no safetensors file, or a truncated one`);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headLength))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const data = file.subarray(8 + headLength);
  const tensors: Record<string, StoredTensor> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    // A copy starts at an offset that every element type allows. (A Buffer's own slice would be a view of the whole file.)
    const { buffer } = new Uint8Array(data.subarray(...entry.data_offsets));
    if (entry.dtype === 'F32') tensors[name] = { dtype: 'float32', shape: entry.shape, values: new Float32Array(buffer) };
    else if (entry.dtype === 'F16')
      tensors[name] = { dtype: 'float32', shape: entry.shape, values: new Float32Array(new Float16Array(buffer)) };
    else if (entry.dtype === 'I32') tensors[name] = { dtype: 'int32', shape: entry.shape, values: new Int32Array(buffer) };
    else if (entry.dtype === 'BOOL') tensors[name] = { dtype: 'bool', shape: entry.shape, values: new Uint8Array(buffer) };
    else throw new Error(`decodeSafetensors: tensor '${name}' has the type ${entry.dtype}; F32, F16, I32 and BOOL can be read`);
  }
  return tensors;
}
