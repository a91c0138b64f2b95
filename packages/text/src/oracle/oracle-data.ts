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
