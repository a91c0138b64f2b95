import {
  getKernelsForBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { OnnxBackend } from '../backend.js';
import { ConstantNode, type GraphNode } from '../graph/node.js';
import { givenInputs, ON_CPU, type RecordedKernel, type TensorKernel } from './definition.js';
import { recordedKernels, tensorKernels } from './index.js';
import { runOnCpu } from './on-cpu.js';

/** Registers all kernels for a backend of this name; those that cannot be recorded run on the CPU. */
export function registerKernels(backendName: string): void {
  const done = new Set<string>();
  const register = (name: string, run: TensorKernel['run']): void => {
    done.add(name);
    registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => runKernel(name, run, backend as OnnxBackend, inputs, attrs ?? {}),
    });
  };
  for (const kernel of tensorKernels) register(kernel.name, kernel.run);
  for (const kernel of recordedKernels) register(kernel.name, (backend, inputs, attrs) => record(kernel, backend, inputs, attrs));
  for (const { kernelName } of getKernelsForBackend('cpu')) if (!done.has(kernelName)) register(kernelName, () => ON_CPU);
}

function runKernel(
  name: string,
  run: TensorKernel['run'],
  backend: OnnxBackend,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
) {
  backend.recorder.beginKernel(name);
  const result = run(backend, inputs, attrs);
  return result === ON_CPU ? runOnCpu(name, backend, inputs, attrs) : result;
}

function record(
  kernel: RecordedKernel,
  backend: OnnxBackend,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
): TensorInfo | TensorInfo[] | typeof ON_CPU {
  const given = givenInputs(inputs);
  if (given.some(([, { dtype }]) => dtype === 'string' || dtype === 'complex64')) return ON_CPU;
  const nodes = Object.fromEntries(given.map(([name, tensor]) => [name, backend.nodeOf(tensor)]));
  const result = kernel.record(backend.graph, nodes, attrs, Object.values(nodes));
  if (result === ON_CPU) return ON_CPU;
  return Array.isArray(result) ? result.map((node) => asTensor(backend, node)) : asTensor(backend, result as GraphNode);
}

/** A constant of one graph means nothing to the next one, so a tensor holds a copy. */
function asTensor(backend: OnnxBackend, node: GraphNode): TensorInfo {
  return backend.tensorOf(node instanceof ConstantNode ? backend.graph.elementwise('Identity', node) : node);
}
