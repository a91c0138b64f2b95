import { backend_util, util } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { type GraphDataType, sizeOf } from '../graph/types.js';
import { type RecordedKernel, recorded } from './definition.js';

/** Indices that are known while recording are checked at once; those that are not, when the graph runs. */
function checkIndices({ values }: GraphNode, extent: number): void {
  for (const index of values ?? []) {
    util.assert(index >= 0 && index < extent, () => `GatherV2: the index value ${index} is not in [0, ${extent - 1}]`);
  }
}

function gather(g: GraphBuilder, x: GraphNode, indices: GraphNode, axis: number, batchDims: number): GraphNode {
  if (batchDims === 0) return g.gather(x, indices, axis);
  // Each batch looks up in its own part of one long axis.
  const info = backend_util.segment_util.collectGatherOpShapeInfo(
    { shape: [...x.shape] } as never,
    { shape: [...indices.shape] } as never,
    axis,
    batchDims,
  );
  const { batchSize, dimSize, outerSize, sliceSize, outputShape } = info;
  const perBatch = sizeOf(indices.shape) / batchSize;
  const long = g.reshape(g.transpose(g.reshape(x, [batchSize, outerSize, dimSize, sliceSize]), [1, 0, 2, 3]), [
    outerSize,
    batchSize * dimSize,
    sliceSize,
  ]);
  const starts = g.table(`starts:${batchSize}*${dimSize}`, 'int32', [batchSize, 1], () =>
    Array.from({ length: batchSize }, (_, batch) => batch * dimSize),
  );
  const places = g.add(g.reshape(g.cast(indices, 'int32'), [batchSize, perBatch]), starts);
  const found = g.transpose(g.gather(long, places, 1), [1, 0, 2, 3]);
  return g.reshape(found, outputShape);
}

function scatter(g: GraphBuilder, base: GraphNode, indices: GraphNode, updates: GraphNode, reduction: 'add' | 'none'): GraphNode {
  const depth = indices.shape.length > 1 ? indices.shape.at(-1)! : 1;
  const count = sizeOf(indices.shape) / depth;
  const places = g.reshape(indices, [count, depth]);
  const values = g.reshape(updates, [count, ...base.shape.slice(depth)]);
  return scatterRows(g, base, places, values, reduction);
}

function scatterRows(
  g: GraphBuilder,
  base: GraphNode,
  indices: GraphNode,
  updates: GraphNode,
  reduction: 'add' | 'none',
): GraphNode {
  return g.op('ScatterND', [base, g.cast(indices, 'int64'), updates], base.shape, base.dtype, { reduction });
}

const zeros = (g: GraphBuilder, shape: readonly number[], dtype: GraphDataType): GraphNode => g.expand(g.scalar(0, dtype), shape);

function unsortedSegmentSum(g: GraphBuilder, x: GraphNode, segmentIds: GraphNode, numSegments: number): GraphNode {
  const idRank = segmentIds.shape.length;
  const rest = x.shape.slice(idRank);
  const rows = sizeOf(segmentIds.shape);
  const ids = g.reshape(g.cast(segmentIds, 'int32'), [rows]);
  // Rows without a segment (a negative number, by convention) are gathered in one more, which is cut off.
  const valid = g.elementwise(
    'And',
    g.elementwise('GreaterOrEqual', ids, g.scalar(0, 'int32')),
    g.elementwise('Less', ids, g.scalar(numSegments, 'int32')),
  );
  const places = g.where(valid, ids, g.scalar(numSegments, 'int32'));
  const sums = scatterRows(
    g,
    zeros(g, [numSegments + 1, ...rest], x.dtype),
    g.reshape(places, [rows, 1]),
    g.reshape(x, [rows, ...rest]),
    'add',
  );
  return g.slice(sums, [0], [numSegments], [0]);
}

function oneHot(
  g: GraphBuilder,
  indices: GraphNode,
  depth: number,
  onValue: number,
  offValue: number,
  dtype: GraphDataType,
): GraphNode {
  const classes = g.table(`count:${depth}`, 'int32', [depth], () => Array(depth).keys());
  const hot = g.elementwise('Equal', g.reshape(g.cast(indices, 'int32'), [...indices.shape, 1]), classes);
  if (onValue === 1 && offValue === 0) return g.cast(hot, dtype);
  return g.where(hot, g.scalar(onValue, dtype), g.scalar(offValue, dtype));
}

/** Kernels that look elements up by number, or put them there. */
export const gatherScatter: readonly RecordedKernel[] = [
  recorded('GatherV2', (g, { x, indices }, { axis, batchDims }) => {
    const along = util.parseAxisParam(axis, [...x!.shape])[0]!;
    checkIndices(indices!, x!.shape[along]!);
    return gather(g, x!, g.cast(indices!, 'int32'), along, batchDims ?? 0);
  }),
  recorded('GatherNd', (g, { params, indices }) => {
    const [shape] = backend_util.prepareAndValidate(
      { shape: [...params!.shape], rank: params!.shape.length } as never,
      {
        shape: [...indices!.shape],
        rank: indices!.shape.length,
        dtype: 'int32',
      } as never,
    );
    return g.op('GatherND', [params!, g.cast(indices!, 'int64')], shape, params!.dtype);
  }),
  recorded('ScatterNd', (g, { indices, updates }, { shape }) =>
    scatter(g, zeros(g, shape, updates!.dtype), indices!, updates!, 'add'),
  ),
  recorded('TensorScatterUpdate', (g, { tensor, indices, updates }) => scatter(g, tensor!, indices!, updates!, 'none')),
  recorded('SparseToDense', (g, { sparseIndices, sparseValues, defaultValue }, { outputShape }) => {
    const depth = outputShape.length;
    const count = sizeOf(sparseIndices!.shape) / depth;
    const indices = g.reshape(sparseIndices!, [count, depth]);
    return scatterRows(g, g.expand(defaultValue!, outputShape), indices, g.expand(sparseValues!, [count]), 'none');
  }),
  recorded('UnsortedSegmentSum', (g, { x, segmentIds }, { numSegments }) => unsortedSegmentSum(g, x!, segmentIds!, numSegments)),
  recorded('OneHot', (g, { indices }, { dtype, depth, onValue, offValue }) =>
    oneHot(g, indices!, depth, onValue, offValue, dtype),
  ),
];
