import * as tf from '@tensorflow/tfjs';
import { sampledPieces } from '../language-models/sampled-pieces.js';
import type { TokenNetwork } from '../language-models/token-network.js';

/** Rows drawn from an oracle: a training set, or held-out rows. */
export async function oracleRows(oracle: TokenNetwork, count: number, seed: string): Promise<Int32Array> {
  const rows = new Int32Array(count * oracle.length);
  let place = 0;
  for await (const piece of sampledPieces(oracle, count, { seed })) {
    rows.set(await piece.data(), place);
    place += piece.size;
    piece.dispose();
  }
  return rows;
}

/** Rows as pieces, int32 `[n, length]`. The caller owns them. */
export function* rowPieces(rows: Int32Array, length: number): Generator<tf.Tensor2D, void, undefined> {
  const size = 256 * length;
  for (let from = 0; from < rows.length; from += size) {
    const piece = rows.slice(from, from + size);
    yield tf.tensor2d(piece, [piece.length / length, length], 'int32');
  }
}
