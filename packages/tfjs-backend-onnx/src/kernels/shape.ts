import { backend_util, slice_util, util } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { ON_CPU, type RecordedKernel, recorded } from './definition.js';

function reverse(g: GraphBuilder, x: GraphNode, axes: readonly number[]): GraphNode {
  if (axes.length === 0) return x;
  const extents = axes.map((axis) => x.shape[axis]!);
  if (extents.includes(0)) return x;
  return g.slice(
    x,
    extents.map((extent) => extent - 1),
    extents,
    axes,
    axes.map(() => -1),
  );
}

function unpack(g: GraphBuilder, x: GraphNode, axis: number): GraphNode[] {
  const shape = x.shape.filter((_, each) => each !== axis);
  return split(g, x, Array<number>(x.shape[axis]!).fill(1), axis).map((part) => g.reshape(part, shape));
}

function split(g: GraphBuilder, x: GraphNode, sizes: readonly number[], axis: number): GraphNode[] {
  if (sizes.length === 1) return [x];
  const results = sizes.map((size) => [x.shape.map((extent, each) => (each === axis ? size : extent)), x.dtype] as const);
  return g.outputs('Split', [x, g.integers(sizes)], results, { axis });
}

/** The values at the border repeat in mirror image; 'symmetric' repeats the outermost value too, 'reflect' does not. */
function mirrorPad(g: GraphBuilder, x: GraphNode, paddings: ReadonlyArray<readonly [number, number]>, mode: string): GraphNode {
  const distance = mode === 'reflect' ? 1 : 0;
  return paddings.reduce((padded, [before, after], axis) => {
    if (before === 0 && after === 0) return padded;
    const extent = x.shape[axis]!;
    const positions = Array.from({ length: before + extent + after }, (_, position) => {
      const source = position - before;
      if (source < 0) return distance - 1 - source;
      return source < extent ? source : 2 * extent - 1 - distance - source;
    });
    return g.gather(padded, g.integers(positions), axis);
  }, x);
}

function spaceToBatch(
  g: GraphBuilder,
  x: GraphNode,
  blockShape: number[],
  paddings: ReadonlyArray<readonly [number, number]>,
): GraphNode {
  const product = util.sizeFromShape(blockShape);
  const all = [[0, 0], ...paddings, ...x.shape.slice(1 + blockShape.length).map(() => [0, 0])];
  const padded = g.pad(
    x,
    all.map(([before]) => before!),
    all.map(([, after]) => after!),
  );
  const permuted = backend_util.getPermuted(
    1 + 2 * blockShape.length + (x.shape.length - 1 - blockShape.length),
    blockShape.length,
    false,
  );
  const blocks = g.reshape(padded, backend_util.getReshaped([...padded.shape], blockShape, product, false));
  return g.reshape(
    g.transpose(blocks, permuted),
    backend_util.getReshapedPermuted([...padded.shape], blockShape, product, false),
  );
}

function batchToSpace(g: GraphBuilder, x: GraphNode, blockShape: number[], crops: number[][]): GraphNode {
  const product = util.sizeFromShape(blockShape);
  const reshaped = backend_util.getReshaped([...x.shape], blockShape, product);
  const permuted = backend_util.getPermuted(reshaped.length, blockShape.length);
  const joined = backend_util.getReshapedPermuted([...x.shape], blockShape, product);
  const space = g.reshape(g.transpose(g.reshape(x, reshaped), permuted), joined);
  const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
  const size = backend_util.getSliceSize(joined, crops, blockShape.length);
  return g.slice(
    space,
    begin,
    size,
    begin.map((_, axis) => axis),
  );
}

function depthToSpace(g: GraphBuilder, x: GraphNode, block: number, dataFormat: string): GraphNode {
  const channelsLast = dataFormat === 'NHWC';
  const [batch, height, width, depth] = (channelsLast ? x.shape : [0, 2, 3, 1].map((axis) => x.shape[axis])) as [
    number,
    number,
    number,
    number,
  ];
  const last = channelsLast ? x : g.transpose(x, [0, 2, 3, 1]);
  const channels = depth / (block * block);
  const blocks = g.transpose(g.reshape(last, [batch, height, width, block, block, channels]), [0, 1, 3, 2, 4, 5]);
  const space = g.reshape(blocks, [batch, height * block, width * block, channels]);
  return channelsLast ? space : g.transpose(space, [0, 3, 1, 2]);
}

function stridedSlice(g: GraphBuilder, x: GraphNode, attrs: Record<string, number | number[]>): GraphNode {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs as never;
  const info = slice_util.sliceInfo(
    [...x.shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const { finalShapeSparse, finalShape, begin: first, end: last, strides: steps } = info;
  const size = slice_util.computeOutShape(first, last, steps);
  if (size.includes(0)) return g.expand(g.scalar(0, x.dtype), finalShape);
  return g.reshape(g.reshape(g.slice(x, first, size, undefined, steps), finalShapeSparse), finalShape);
}

/** Kernels that move elements without calculating. */
export const shape: readonly RecordedKernel[] = [
  recorded('Transpose', (g, { x }, { perm }) => g.transpose(x!, perm)),
  recorded('Concat', (g, _x, { axis }, list) => {
    const shapes = list.map(({ shape }) => [...shape]);
    const along = util.parseAxisParam(axis, shapes[0]!)[0]!;
    backend_util.assertParamsConsistent(shapes, along);
    return g.concat(list, along);
  }),
  recorded('Pack', (g, _x, { axis }, list) => {
    const [first] = list;
    for (const { shape, dtype } of list) {
      util.assertShapesMatch(
        first!.shape as number[],
        shape as number[],
        'All tensors passed to stack must have matching shapes',
      );
      util.assert(first!.dtype === dtype, () => 'All tensors passed to stack must have matching dtypes');
    }
    const shape = [...first!.shape.slice(0, axis), 1, ...first!.shape.slice(axis)];
    return g.concat(
      list.map((node) => g.reshape(node, shape)),
      axis,
    );
  }),
  recorded('Unpack', (g, { value }, { axis }) => unpack(g, value!, axis < 0 ? axis + value!.shape.length : axis)),
  recorded('SplitV', (g, { x }, { numOrSizeSplits, axis }) => {
    const along = util.parseAxisParam(axis, [...x!.shape])[0]!;
    return split(g, x!, backend_util.prepareSplitSize({ shape: [...x!.shape] } as never, numOrSizeSplits, along), along);
  }),
  recorded('Slice', (g, { x }, { begin, size }) => {
    const [first, extents] = slice_util.parseSliceParams({ shape: [...x!.shape] } as never, begin, size);
    slice_util.assertParamsValid({ shape: [...x!.shape], rank: x!.shape.length } as never, first!, extents!);
    return g.slice(x!, first!, extents!);
  }),
  recorded('StridedSlice', (g, { x }, attrs) => stridedSlice(g, x!, attrs)),
  recorded('Reverse', (g, { x }, { dims }) => reverse(g, x!, util.parseAxisParam(dims, [...x!.shape]))),
  recorded('FlipLeftRight', (g, { image }) => reverse(g, image!, [2])),
  recorded('Tile', (g, { x }, { reps }) => {
    const rank = Math.max(x!.shape.length, reps.length);
    const shape = [...Array<number>(rank - x!.shape.length).fill(1), ...x!.shape];
    return g.tile(g.reshape(x!, shape), [...Array<number>(rank - reps.length).fill(1), ...reps]);
  }),
  recorded('PadV2', (g, { x }, { paddings, constantValue }) => {
    if (x!.shape.length === 0) return x!;
    const [before, after] = [0, 1].map((side) => paddings.map((pair: number[]) => pair[side]!));
    return g.pad(x!, before, after, g.scalar(Number(constantValue), x!.dtype));
  }),
  recorded('MirrorPad', (g, { x }, { paddings, mode }) => mirrorPad(g, x!, paddings, mode)),
  recorded('SpaceToBatchND', (g, { x }, { blockShape, paddings }) => spaceToBatch(g, x!, blockShape, paddings)),
  recorded('BatchToSpaceND', (g, { x }, { blockShape, crops }) => batchToSpace(g, x!, blockShape, crops)),
  recorded('DepthToSpace', (g, { x }, { blockSize, dataFormat }) => depthToSpace(g, x!, blockSize, dataFormat)),
  recorded('Fill', (g, _x, { shape, value, dtype }) => {
    if (typeof value === 'string') return ON_CPU;
    const type = dtype ?? util.inferDtype(value);
    // The value is fed in, as it may be another one each time; as a truth value it is one of two.
    const element =
      type === 'bool' ? g.scalar(value, 'bool') : g.data(type === 'int32' ? Int32Array.of(value) : Float32Array.of(value), []);
    return g.expand(element, shape);
  }),
  recorded('ZerosLike', (g, { x }) => g.expand(g.scalar(0, x!.dtype), x!.shape)),
  recorded('OnesLike', (g, { x }) => g.expand(g.scalar(1, x!.dtype), x!.shape)),
  recorded('Diag', (g, { x }) => {
    const size = util.sizeFromShape([...x!.shape]);
    const positions = g.table(`count:${size}`, 'int32', [size], () => Array(size).keys());
    const onDiagonal = g.elementwise('Equal', g.reshape(positions, [size, 1]), positions);
    return g.reshape(g.where(onDiagonal, g.reshape(x!, [size]), g.scalar(0, x!.dtype)), [...x!.shape, ...x!.shape]);
  }),
];
