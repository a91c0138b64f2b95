import * as tf from '@tensorflow/tfjs';
import { variablesOf } from './network-layers.js';
import { placedTokens } from './placed-tokens.js';
import type { TokenNetwork, TokenNetworkOptions } from './token-network.js';

/** What a {@link convolutionalNetwork} is made from. */
export interface ConvolutionalNetworkOptions extends TokenNetworkOptions {
  /** Tokens that a layer looks at; the network sees `1 + layers × (kernelSize − 1)` of them. */
  readonly kernelSize: number;
}

/**
 * A stack of gated causal convolutions (1612.08083, equation 1): `(xW + b) · σ(xV + c)`, with a way past each layer whose input has its size. Until
 * they are set its weights are zeros, but for ones that scale by place.
 */
export function convolutionalNetwork(options: ConvolutionalNetworkOptions): TokenNetwork {
  const { vocabulary, length, hidden, layers, kernelSize } = options;
  const placed = placedTokens(options);
  // One column of pixels: tfjs's conv1d cannot pad causally.
  const causal = tf.layers.zeroPadding2d({
    padding: [
      [kernelSize - 1, 0],
      [0, 0],
    ],
  });
  const conv = (activation: 'linear' | 'sigmoid') =>
    tf.layers.conv2d({ filters: hidden, kernelSize: [kernelSize, 1], activation, kernelInitializer: 'zeros' });
  const dense = tf.layers.dense({ units: vocabulary, kernelInitializer: 'zeros' });
  const joined = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) => layer.apply(inputs) as tf.SymbolicTensor;
  let symbol = tf.layers.reshape({ targetShape: [length, 1, options.embedding] }).apply(placed.embedded) as tf.SymbolicTensor;
  const blocks = Array.from({ length: layers }, () => {
    const width = symbol.shape.at(-1)!;
    const [values, gate] = [conv('linear'), conv('sigmoid')];
    const padded = causal.apply(symbol);
    const gated = joined(
      tf.layers.multiply(),
      values.apply(padded) as tf.SymbolicTensor,
      gate.apply(padded) as tf.SymbolicTensor,
    );
    const passes = width === hidden;
    symbol = passes ? joined(tf.layers.add(), symbol, gated) : gated;
    return { width, values, gate, passes };
  });
  const rows = tf.layers.reshape({ targetShape: [length, hidden] }).apply(symbol) as tf.SymbolicTensor;
  const model = tf.model({ inputs: placed.input, outputs: dense.apply(placed.finish(rows)) as tf.SymbolicTensor });

  const [kernel, bias] = variablesOf(dense);
  /** A layer's output `[rows, hidden]` from what it looks at, `[rows, kernelSize × width]`, and its newest input. */
  const apply = (
    { width, values, gate, passes }: (typeof blocks)[number],
    window: tf.Tensor2D,
    newest: tf.Tensor2D,
  ): tf.Tensor2D => {
    const [linear, gating] = [values, gate].map((layer) => {
      const [filters, offset] = variablesOf(layer);
      return tf.add(tf.matMul(window, tf.reshape(filters!, [kernelSize * width, hidden])), offset!);
    });
    const gated = tf.mul(linear!, tf.sigmoid(gating!)) as tf.Tensor2D;
    return passes ? tf.add(newest, gated) : gated;
  };

  return {
    model,
    length,
    vocabulary,
    output: { kernel: kernel as tf.Variable<tf.Rank.R2>, bias: bias as tf.Variable<tf.Rank.R1> },
    // Before the first token there are zeros, as the padding of a causal convolution has them.
    start: (rows) => [
      ...blocks.map(({ width }) => tf.zeros<tf.Rank.R2>([rows, (kernelSize - 1) * width])),
      ...placed.start(rows),
    ],
    step(state, tokens) {
      const place = state.slice(layers);
      let x = placed.embed(place, tokens);
      const next = blocks.map((block, layer) => {
        const window = tf.concat([state[layer]!, x], 1) as tf.Tensor2D;
        x = apply(block, window, x);
        return tf.slice(window, [0, block.width], [-1, -1]);
      });
      return { features: placed.finishAt(place, x), state: [...next, ...placed.next(place)] };
    },
    read(tokens, drop = (x) => x) {
      const [rows, places] = tokens.shape;
      let x = drop(placed.embedRows(tokens));
      for (const block of blocks) {
        const padded = tf.pad(x, [
          [(kernelSize - 1) * rows, 0],
          [0, 0],
        ]);
        const seen = Array.from({ length: kernelSize }, (_, i) => tf.slice(padded, [i * rows, 0], [places * rows, -1]));
        x = drop(apply(block, tf.concat(seen, 1) as tf.Tensor2D, x));
      }
      return placed.finishRows(x);
    },
  };
}
