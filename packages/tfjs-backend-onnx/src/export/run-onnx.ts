import { type DataType, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';

/** An ONNX file that was opened, whoever wrote it. */
export interface OpenedOnnx {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Runs the graph on tensors by name. Borrows them; the caller owns the results. */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  /** Frees the session. */
  dispose(): Promise<void>;
}

/**
 * Opens an ONNX file by ONNX Runtime itself, apart from any backend, so that what was exported can be tried at once.
 *
 * @throws if ONNX Runtime does not take the file
 */
export async function openOnnx(file: Uint8Array): Promise<OpenedOnnx> {
  const { InferenceSession, Tensor: RuntimeTensor } = await import('onnxruntime-node');
  const session: InferenceSession = await InferenceSession.create(file);
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(inputs) {
      const feeds: Record<string, OnnxTensor> = {};
      for (const [name, given] of Object.entries(inputs))
        feeds[name] = new RuntimeTensor(given.dtype as 'float32', arrayOf(given.dtype, await given.data()), given.shape);
      const results = await session.run(feeds);
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims, type }]) => [
          name,
          tensor(data as Float32Array, [...dims], type as DataType),
        ]),
      );
    },
    dispose: () => session.release(),
  };
}

/** Some backends hold numbers in arrays of another type, such as what was a truth value before. */
function arrayOf(dtype: DataType, values: ArrayLike<number>): Float32Array {
  if (dtype === 'float32') return Float32Array.from(values);
  return (dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values)) as unknown as Float32Array;
}
