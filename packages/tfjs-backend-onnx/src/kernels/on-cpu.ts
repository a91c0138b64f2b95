import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  type BackendValues,
  backend_util,
  getKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { OnnxBackend } from '../backend.js';
import { givenInputs } from './definition.js';

let cpuBackend: MathBackendCPU | undefined;
const warned = new Set<string>();

/**
 * Runs a kernel with tfjs's own CPU implementation, on values read from and written back to this backend.
 *
 * It has a CPU backend to itself, so that tfjs does not take the data for moved.
 */
export function runOnCpu(
  name: string,
  backend: OnnxBackend,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
): TensorInfo | TensorInfo[] {
  const kernel = getKernel(name, 'cpu');
  if (!kernel) throw new Error(`Kernel ${name} has no implementation on the CPU backend`);
  const tensors = givenInputs(inputs);
  if (tensors.some(([, tensor]) => [tensor].flat().some(({ dtype }) => dtype === 'float32' || dtype === 'int32'))) warnOnce(name);
  const cpu = sharedCpuBackend();
  const copies: TensorInfo[] = [];
  const copy = (tensor: TensorInfo): TensorInfo => {
    copies.push(toCpu(cpu, backend, tensor));
    return copies.at(-1)!;
  };
  // An input may be a list of tensors, whatever its type says.
  const moved = tensors.map(([key, tensor]) => [key, Array.isArray(tensor) ? tensor.map(copy) : copy(tensor)] as const);
  const cpuInputs = Array.isArray(inputs) ? moved.map(([, tensor]) => tensor) : Object.fromEntries(moved);
  const result = kernel.kernelFunc({ inputs: cpuInputs as NamedTensorInfoMap, backend: cpu, attrs });
  const results = Array.isArray(result) ? result : [result];
  const tensorsBack = results.map((tensor) => fromCpu(cpu, backend, tensor));
  for (const { dataId } of [...results, ...copies]) cpu.disposeData(dataId, true);
  return Array.isArray(result) ? tensorsBack : tensorsBack[0]!;
}

function sharedCpuBackend(): MathBackendCPU {
  if (!cpuBackend) {
    cpuBackend = new MathBackendCPU();
    // Its first use would advise installing a faster backend.
    (cpuBackend as unknown as { firstUse: boolean }).firstUse = false;
  }
  return cpuBackend;
}

function toCpu(cpu: MathBackendCPU, backend: OnnxBackend, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  const values = backend.readSync(dataId);
  // Some kernels expect the rank that tensors have beyond their description.
  const describe = (tensor: TensorInfo) => Object.assign(tensor, { rank: shape.length });
  if (dtype !== 'complex64') return describe(cpu.makeTensorInfo(shape, dtype, copyOf(values)));
  const { real, imag } = backend_util.splitRealAndImagArrays(values as Float32Array);
  const complex = cpu.makeTensorInfo(shape, 'complex64');
  cpu.data.get(complex.dataId).complexTensorInfos = {
    real: cpu.makeTensorInfo(shape, 'float32', real),
    imag: cpu.makeTensorInfo(shape, 'float32', imag),
  };
  return describe(complex);
}

/** Kernels may write into what they are given. */
const copyOf = (values: BackendValues): BackendValues => values.slice();

function fromCpu(cpu: MathBackendCPU, backend: OnnxBackend, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  return { dataId: backend.write(cpu.readSync(dataId), shape, dtype), shape, dtype };
}

function warnOnce(name: string): void {
  if (warned.has(name)) return;
  warned.add(name);
  backend_util.warn(`tfjs-backend-onnx: the kernel ${name} runs on tfjs's CPU backend for inputs like these, which is slow`);
}
