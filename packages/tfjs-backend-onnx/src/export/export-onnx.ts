import { engine, getBackend, registerBackend, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { OnnxBackend } from '../backend.js';
import type { GraphNode } from '../graph/node.js';
import { registerKernels } from '../kernels/register.js';
import { recordForAnyBatch } from './any-batch.js';
import type { WeightBits } from './stored-weights.js';
import type { ExportedFunction, ExportInput } from './trace.js';
import { writeGraph } from './write-graph.js';

/** The backend that records what is exported. Weights move to it, as tfjs moves tensors, and back when they are next used elsewhere. */
const BACKEND = 'onnx-export';

/** Options of {@link exportFunction}. */
export interface FunctionExportOptions {
  /** The inputs by name: `{ latent: { shape: [null, 100] } }`. */
  readonly inputs: Readonly<Record<string, ExportInput>>;
  /** Bits of each weight: 32, 16 (float16) or 8 (affine, by column). Default 32. */
  readonly bits?: WeightBits;
  /** Kept in the file, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Names of tensors that the function uses, such as weights. */
  readonly names?: ReadonlyMap<Tensor, string>;
}

/** What {@link exportModel} needs of a `tf.LayersModel`. */
export interface ExportableModel {
  readonly inputs: ReadonlyArray<{ readonly name: string; readonly shape: ReadonlyArray<number | null>; readonly dtype: string }>;
  readonly outputs: ReadonlyArray<{ readonly name: string }>;
  readonly weights: ReadonlyArray<{ readonly originalName: string; read(): Tensor }>;
  // biome-ignore lint/suspicious/noExplicitAny: of its many kinds of arguments tensors are the one
  apply(inputs: any, options?: any): any;
}

/** Options of {@link exportModel}. */
export interface ModelExportOptions extends Omit<FunctionExportOptions, 'inputs' | 'names'> {
  /** Names of the inputs, in the model's order. Default: those of the model. */
  readonly inputNames?: readonly string[];
  /** Names of the outputs, in the model's order. Default: those of the model. */
  readonly outputNames?: readonly string[];
}

/**
 * A function of tensors as an ONNX file: what it does to its inputs, with all tensors that it uses as constants. The batch, null in the shapes of inputs,
 * may be of any size when the file runs.
 *
 * ```ts
 * const file = exportFunction(({ x }) => ({ y: tf.tanh(tf.matMul(x, weights)) }), { inputs: { x: { shape: [null, 4] } } });
 * ```
 *
 * The file has operators of ONNX's own domain alone, of operator set 18 (ONNX Runtime from 1.14 on).
 *
 * @throws if the function reads values, uses a kernel that has no ONNX operator, or does other things for other sizes of the batch
 */
export function exportFunction(f: ExportedFunction, options: FunctionExportOptions): Uint8Array<ArrayBuffer> {
  const { inputs, bits = 32, metadata = {}, names = new Map<Tensor, string>() } = options;
  if (![32, 16, 8].includes(bits)) throw new Error(`exportFunction: option 'bits' must be 32, 16 or 8, not ${bits}`);
  return withExportBackend((backend) => {
    const named = new Map<GraphNode, string>([...names].map(([tensor, name]) => [backend.nodeOf(tensor), name]));
    const graph = recordForAnyBatch(backend, f, inputs);
    return writeGraph(graph, inputs, { bits, metadata, names: named });
  });
}

/**
 * A `tf.LayersModel` as an ONNX file, as it is at inference, its weights under their names. See {@link exportFunction} for what comes out, and what cannot.
 *
 * Weights are read at once; WebGPU cannot do that, so a model that lies there has to be opened again under another backend first.
 *
 * @throws as {@link exportFunction}, and if there are not as many names as inputs or outputs
 */
export function exportModel(model: ExportableModel, options: ModelExportOptions = {}): Uint8Array<ArrayBuffer> {
  const namesOf = (ends: ReadonlyArray<{ readonly name: string }>) => ends.map(({ name }) => name);
  const { inputNames = namesOf(model.inputs), outputNames = namesOf(model.outputs), ...rest } = options;
  for (const [what, names, own] of [
    ['inputNames', inputNames, model.inputs],
    ['outputNames', outputNames, model.outputs],
  ] as const) {
    if (names.length !== own.length || new Set(names).size < names.length)
      throw new Error(`exportModel: option '${what}' must be ${own.length} different names, not [${names}]`);
  }
  const twice = outputNames.find((name) => inputNames.includes(name));
  if (twice !== undefined) throw new Error(`exportModel: '${twice}' is the name of an input and of an output; give one another`);
  const inputs = inputNames.map((name, i): [string, ExportInput] => {
    const { shape, dtype } = model.inputs[i]!;
    return [name, { shape, dtype: dtype === 'int32' ? 'int32' : 'float32' }];
  });
  const names = new Map(model.weights.map((weight) => [weight.read(), weight.originalName]));
  return exportFunction(
    (given) => {
      const tensors = inputNames.map((name) => given[name]!);
      const results = [model.apply(tensors.length === 1 ? tensors[0] : tensors, { training: false })].flat() as Tensor[];
      return Object.fromEntries(outputNames.map((name, i) => [name, results[i]!]));
    },
    { ...rest, inputs: Object.fromEntries(inputs), names },
  );
}

/** All of it happens at once: nothing else runs while the other backend is set. */
function withExportBackend<Result>(f: (backend: OnnxBackend) => Result): Result {
  const before = getBackend();
  if (!engine().registryFactory[BACKEND]) {
    registerBackend(BACKEND, () => new OnnxBackend({}, true), 0);
    registerKernels(BACKEND);
  }
  setBackend(BACKEND);
  try {
    return f(engine().backend as OnnxBackend);
  } finally {
    if (before) setBackend(before);
  }
}
