import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { OnnxBackend } from '../backend.js';
import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';

/** Written by a kernel that cannot record this call, though it can others: the call runs on the CPU backend. */
export const ON_CPU = Symbol('on CPU');

/** What a recorded kernel returns: its results, or that this call must run on the CPU backend. */
export type Recorded = GraphNode | readonly GraphNode[] | typeof ON_CPU;

/** A kernel that records operators. */
export interface RecordedKernel {
  name: string;
  /** Records the kernel; `x` has the inputs by name, those given as a list under '0', '1', … */
  // biome-ignore lint/suspicious/noExplicitAny: attributes are whatever the kernel's caller passes
  record: (g: GraphBuilder, x: Record<string, GraphNode>, attrs: Record<string, any>, list: readonly GraphNode[]) => Recorded;
}

/** A kernel that works on tensors rather than on their values: views, parts of complex numbers. */
export interface TensorKernel {
  name: string;
  run: (backend: OnnxBackend, inputs: NamedTensorInfoMap, attrs: NamedAttrMap) => TensorInfo | TensorInfo[] | typeof ON_CPU;
}

/** The inputs that were given: optional ones may be missing. */
export function givenInputs(inputs: NamedTensorInfoMap): Array<[name: string, tensor: TensorInfo]> {
  return Object.entries(inputs).filter((entry): entry is [string, TensorInfo] => entry[1] != null);
}

/** Declares a recorded kernel. */
export function recorded(name: string, record: RecordedKernel['record']): RecordedKernel {
  return { name, record };
}

/** Declares a tensor kernel. */
export function onTensors(name: string, run: TensorKernel['run']): TensorKernel {
  return { name, run };
}
