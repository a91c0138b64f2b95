import { util } from '@tensorflow/tfjs-core';
import type { OnnxBackend } from '../backend.js';
import { ON_CPU, onTensors, type TensorKernel } from './definition.js';

/** Kernels that only look at a tensor in another way: nothing is computed. */
export const views: readonly TensorKernel[] = [
  onTensors('Identity', (backend, { x }) => backend.view(x!, x!.shape)),
  onTensors('Reshape', (backend, { x }, { shape }) => {
    const size = util.sizeFromShape(x!.shape);
    const wanted = util.inferFromImplicitShape(shape as number[], size);
    util.assert(
      size === util.sizeFromShape(wanted),
      () =>
        `The new shape (${wanted}) has ${util.sizeFromShape(wanted)} elements and the old shape (${x!.shape}) has ${size} elements.`,
    );
    return backend.view(x!, wanted);
  }),
  onTensors('ExpandDims', (backend, { input }, { dim }) => {
    const axis = dim as number;
    const rank = input!.shape.length;
    util.assert(-(rank + 1) <= axis && axis <= rank, () => `Axis must be in the interval [${-(rank + 1)}, ${rank}]`);
    const shape = [...input!.shape];
    shape.splice(axis < 0 ? rank + axis + 1 : axis, 0, 1);
    return backend.view(input!, shape);
  }),
  onTensors('Cast', (backend, { x }, { dtype }) => cast(backend, x!, dtype as string)),
  onTensors('Complex', (backend, { real, imag }) => backend.complexTensorOf(real!, imag!)),
  onTensors('Real', (backend, { input }) => {
    const { real } = backend.complexParts(input!);
    return backend.view(real, input!.shape);
  }),
  onTensors('Imag', (backend, { input }) => {
    const { imag } = backend.complexParts(input!);
    return backend.view(imag, input!.shape);
  }),
];

function cast(backend: OnnxBackend, x: Parameters<OnnxBackend['view']>[0], dtype: string): ReturnType<TensorKernel['run']> {
  if (x.dtype === dtype) return backend.view(x, x.shape);
  if (x.dtype === 'string' || dtype === 'string') return ON_CPU;
  if (x.dtype === 'complex64') return cast(backend, backend.view(backend.complexParts(x).real, x.shape), dtype);
  const { graph } = backend;
  if (dtype !== 'complex64') return backend.tensorOf(graph.cast(backend.nodeOf(x), dtype as 'float32'));
  const real = backend.tensorOf(graph.cast(backend.nodeOf(x), 'float32'));
  const imag = backend.tensorOf(graph.expand(graph.scalar(0), x.shape));
  const complex = backend.complexTensorOf(real, imag);
  backend.disposeData(real.dataId);
  backend.disposeData(imag.dataId);
  return complex;
}
