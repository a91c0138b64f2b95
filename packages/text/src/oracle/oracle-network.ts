import { integer, positiveInteger, Random, type Resolved, resolveOptions, type StoredTensor } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { recurrentNetwork } from '../language-models/recurrent-network.js';
import type { TokenNetwork } from '../language-models/token-network.js';

/** What a drawn oracle is like. */
export interface OracleOptions {
  /** How many tokens there are. Default 5000. */
  readonly vocabulary?: number;
  /** Dimensions of a token's embedding. Default 32. */
  readonly embedding?: number;
  /** Units of the LSTM. Default 32. */
  readonly hidden?: number;
  /** Decides the weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  vocabulary: positiveInteger({ min: 2, default: 5000 }),
  embedding: positiveInteger({ default: 32 }),
  hidden: positiveInteger({ default: 32 }),
  seed: integer({ default: 0 }),
};

/** Gates as they stand in an LSTM layer of tfjs: input, forget, candidate, output. */
const GATES = ['i', 'f', 'c', 'o'] as const;

/** The weights of an oracle by name: `embedding`, `wi`, `ui`, `bi`, …, `output_kernel`, `output_bias`. */
export type OracleWeights = Readonly<Record<string, StoredTensor>>;

/**
 * The oracle of SeqGAN's synthetic experiment (1609.05473, section 5.1): an LSTM whose weights are all drawn from N(0, 1), and that begins with token 0.
 * The caller disposes of its `model`.
 *
 * @param length tokens in a row
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function drawnOracle(length: number, options: OracleOptions = {}): TokenNetwork {
  const { seed, ...shape } = resolveOptions('drawnOracle', options, schema);
  const random = Random.fromSeed(seed).split('oracle');
  const network = emptyOracle(length, shape);
  tf.tidy(() => {
    for (const weight of network.model.weights) weight.write(random.normalTensor(weight.shape as number[]));
  });
  return network;
}

/**
 * An oracle with given weights. Names and gates are those of SeqGAN's released code: `embedding` `[vocabulary, embedding]`; for the gates i, f, o and the
 * candidate c `wi` `[embedding, hidden]`, `ui` `[hidden, hidden]`, `bi` `[hidden]`; `output_kernel` `[hidden, vocabulary]`, `output_bias` `[vocabulary]`.
 * The caller disposes of its `model`.
 *
 * @param length tokens in a row
 * @throws if a weight is missing or has another shape
 */
export function loadedOracle(length: number, weights: OracleWeights): TokenNetwork {
  const [vocabulary, embedding] = shapeOf(weights, 'embedding', 2);
  const [hidden] = shapeOf(weights, 'output_kernel', 2);
  const network = emptyOracle(length, { vocabulary: vocabulary!, embedding: embedding!, hidden: hidden! });
  try {
    tf.tidy(() => {
      const read = (name: string, ...shape: number[]): tf.Tensor => {
        const found = shapeOf(weights, name, shape.length);
        if (found.join() !== shape.join()) {
          throw new Error(`loadedOracle: the weight '${name}' must be [${shape}] beside the others, got [${found}]`);
        }
        return tf.tensor(weights[name]!.values, shape, 'float32');
      };
      const joined = (part: 'w' | 'u' | 'b', ...shape: number[]) =>
        tf.concat(
          GATES.map((gate) => read(part + gate, ...shape)),
          -1,
        );
      const values = [
        read('embedding', vocabulary!, embedding!),
        joined('w', embedding!, hidden!),
        joined('u', hidden!, hidden!),
        joined('b', hidden!),
        read('output_kernel', hidden!, vocabulary!),
        read('output_bias', vocabulary!),
      ];
      network.model.setWeights(values);
    });
  } catch (error) {
    network.model.dispose();
    throw error;
  }
  return network;
}

function emptyOracle(length: number, shape: Omit<Resolved<typeof schema>, 'seed'>): TokenNetwork {
  return recurrentNetwork('lstm', { ...shape, length, layers: 1 });
}

function shapeOf(weights: OracleWeights, name: string, rank: number): readonly number[] {
  const found = weights[name];
  if (!found) throw new Error(`loadedOracle: there is no weight '${name}'; found are ${Object.keys(weights).join(', ')}`);
  if (found.shape.length === rank) return found.shape;
  throw new Error(`loadedOracle: the weight '${name}' must have ${rank} dimensions, got [${found.shape}]`);
}
