import {
  type BackendTimingInfo,
  type BackendValues,
  backend_util,
  type DataId,
  DataStorage,
  type DataType,
  engine,
  KernelBackend,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { GraphBuilder } from './graph/builder.js';
import type { GraphNode } from './graph/node.js';
import { Recorder } from './graph/recorder.js';
import { type GraphDataType, type GraphValues, sizeOf } from './graph/types.js';
import { type OnnxBackendOptions, type ResolvedOptions, resolveOptions, usesCpu } from './options.js';
import { blockSize } from './runtime/block-size.js';
import { loadRuntime } from './runtime/native.js';

/** Arrays from this length on are looked at for being one number. */
const MANY = 1024;

function isUniform(values: ArrayLike<number>): boolean {
  for (let position = 1; position < values.length; position++) if (values[position] !== values[0]) return false;
  return true;
}

/** What `tf.memory()` tells of this backend besides tfjs's own counts. */
export interface OnnxMemoryInfo {
  unreliable: boolean;
  /** Bytes of buffers that wait for new values of their size. */
  numBytesIdle: number;
  /** Compiled graphs that are held. */
  numSessions: number;
  /** Graphs compiled since the backend began. */
  numCompiledGraphs: number;
}

/** What is behind a data id: a node of the graph, the text of a string tensor, or the two parts of a complex one. */
type Contents = { node: GraphNode } | { strings: Uint8Array[] } | { real: TensorInfo; imag: TensorInfo };

/** The data of a tensor: its own data id, so that it is found without a look-up. */
class Stored {
  #contents: Contents | null;

  constructor(
    readonly owner: OnnxBackend,
    readonly dtype: DataType,
    public refCount: number,
    contents: Contents,
  ) {
    this.#contents = contents;
  }

  /** Not of data that were disposed of, or moved to another backend. */
  get isThere(): boolean {
    return this.#contents !== null;
  }

  /** What is there; asked for only while it is. */
  get contents(): Contents {
    return this.#contents!;
  }

  /** Lets go of the contents: whoever still has the id keeps nothing else. */
  clear(): void {
    this.#contents = null;
  }
}

/**
 * A tfjs backend that records what kernels are to do and runs it as ONNX graphs.
 *
 * A graph runs when a value is read, and whenever the program awaits something: then all that was recorded since, such as
 * a training step, is one graph. Graphs are kept by structure, so a training that repeats itself compiles once.
 */
export class OnnxBackend extends KernelBackend {
  /** The options in use. */
  readonly options: ResolvedOptions;
  /** Records operators for kernels. */
  readonly graph: GraphBuilder;
  readonly recorder: Recorder;
  #count = 0;
  /** Data that began in another backend, whose id is that backend's. */
  readonly #moved: DataStorage<Stored>;

  /** @param isPortable records what any runtime of ONNX can run, for files that leave this one */
  constructor(options: OnnxBackendOptions = {}, isPortable = false) {
    super();
    loadRuntime();
    this.options = resolveOptions(options);
    this.recorder = new Recorder(this.options);
    // Blocked convolution exists on the CPU only.
    const isOnCpu = usesCpu(this.options);
    this.graph = new GraphBuilder(this.recorder, isOnCpu && !isPortable ? blockSize() : 0, isOnCpu, isPortable);
    this.#moved = new DataStorage(this, engine());
  }

  /** Makes a tensor of a recorded value. */
  tensorOf(node: GraphNode): TensorInfo {
    const dtype = node.dtype as DataType;
    node.holders++;
    return { dataId: this.#store({ node }, dtype, 1), shape: [...node.shape], dtype };
  }

  /** Makes a complex tensor of its parts. It keeps them alive. */
  complexTensorOf(real: TensorInfo, imag: TensorInfo): TensorInfo {
    this.incRef(real.dataId);
    this.incRef(imag.dataId);
    return { dataId: this.#store({ real, imag }, 'complex64', 1), shape: real.shape, dtype: 'complex64' };
  }

  /** The parts of a complex tensor. */
  complexParts(tensor: TensorInfo): { real: TensorInfo; imag: TensorInfo } {
    const { contents } = this.#stored(tensor.dataId);
    if (!('real' in contents)) throw new Error(`Expected a complex64 tensor, got ${tensor.dtype}`);
    return contents;
  }

  /** The recorded value of a tensor, in the tensor's shape. */
  nodeOf(tensor: TensorInfo): GraphNode {
    const { contents } = this.#stored(tensor.dataId);
    if (!('node' in contents)) throw new Error(`A ${tensor.dtype} tensor cannot be part of a graph`);
    return this.graph.reshape(contents.node, tensor.shape);
  }

  /** A tensor with the same values and another shape. */
  view(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  override write(values: BackendValues | null, shape: number[], dtype: DataType): DataId {
    return this.#store(this.#contentsOf(values, shape, dtype), dtype, 1);
  }

  override move(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void {
    this.#moved.set(dataId, new Stored(this, dtype, refCount, this.#contentsOf(values, shape, dtype)));
  }

  override readSync(dataId: DataId): BackendValues {
    const { contents } = this.#stored(dataId);
    if ('strings' in contents) return contents.strings;
    if ('node' in contents) return this.recorder.read(contents.node);
    const { real, imag } = contents;
    return backend_util.mergeRealAndImagArrays(
      this.readSync(real.dataId) as Float32Array,
      this.readSync(imag.dataId) as Float32Array,
    );
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }

  override refCount(dataId: DataId): number {
    return this.#has(dataId) ? this.#stored(dataId).refCount : 0;
  }

  override incRef(dataId: DataId): void {
    this.#stored(dataId).refCount++;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.#has(dataId)) return true;
    const stored = this.#stored(dataId);
    stored.refCount--;
    if (!force && stored.refCount > 0) return false;
    const { contents } = stored;
    if (this.#isOwn(dataId)) this.#count--;
    else this.#moved.delete(dataId);
    stored.clear();
    if ('node' in contents) this.recorder.release(contents.node);
    if ('real' in contents) {
      this.disposeData(contents.real.dataId);
      this.disposeData(contents.imag.dataId);
    }
    return true;
  }

  override numDataIds(): number {
    return this.#count + this.#moved.numDataIds();
  }

  override memory(): OnnxMemoryInfo {
    return {
      unreliable: false,
      numBytesIdle: this.recorder.pool.bytes,
      numSessions: this.recorder.sessions.size,
      numCompiledGraphs: this.recorder.sessions.compiled,
    };
  }

  override timerAvailable(): boolean {
    return true;
  }

  /** Times what `f` records, with its run, and without what was recorded before. */
  override async time(f: () => void): Promise<BackendTimingInfo> {
    this.recorder.flush();
    const start = util.now();
    f();
    this.recorder.flush();
    return { kernelMs: util.now() - start };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.recorder.dispose();
  }

  #store(contents: Contents, dtype: DataType, refCount: number): DataId {
    this.#count++;
    return new Stored(this, dtype, refCount, contents);
  }

  /** The data of an id, moved here if they are elsewhere. */
  #stored(dataId: DataId): Stored {
    return this.#isOwn(dataId) ? dataId : this.#moved.get(dataId);
  }

  #has(dataId: DataId): boolean {
    return this.#isOwn(dataId) || this.#moved.has(dataId);
  }

  #isOwn(dataId: DataId): dataId is Stored {
    return dataId instanceof Stored && dataId.isThere && dataId.owner === this;
  }

  #contentsOf(values: BackendValues | null, shape: readonly number[], dtype: DataType): Contents {
    if (dtype === 'string') return { strings: values as Uint8Array[] };
    if (dtype === 'complex64') {
      const { real, imag } = backend_util.splitRealAndImagArrays(values as Float32Array);
      return { real: this.#written(real, shape), imag: this.#written(imag, shape) };
    }
    const node = this.#nodeFor(values, shape, dtype as GraphDataType);
    node.holders++;
    return { node };
  }

  #written(values: Float32Array, shape: readonly number[]): TensorInfo {
    return { dataId: this.write(values, [...shape], 'float32'), shape: [...shape], dtype: 'float32' };
  }

  /** Many times the same number, as gradients of sums begin with, is one number that is repeated. */
  #nodeFor(values: BackendValues | null, shape: readonly number[], dtype: GraphDataType): GraphNode {
    const size = sizeOf(shape);
    const numbers = (values ?? [0]) as ArrayLike<number>;
    if (dtype === 'float32' && size >= MANY && isUniform(numbers))
      return this.graph.expand(this.graph.scalar(numbers[0]!), shape);
    return this.recorder.data(this.#copyOf(values, dtype, size), shape, dtype);
  }

  /** Values are copied: the program may change its array before the graph runs. */
  #copyOf(values: BackendValues | null, dtype: GraphDataType, size: number): GraphValues {
    const copy = this.recorder.pool.take(dtype, size);
    if (values) copy.set(values as ArrayLike<number>);
    else copy.fill(0);
    return copy;
  }
}
