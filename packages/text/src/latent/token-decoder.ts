import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { gruCell } from '../language-models/recurrent-cells.js';
import { relaxed } from './straight-through.js';

type LayerVariable = ReturnType<tf.layers.Layer['addWeight']>;

/** How a {@link TokenDecoder} is built. */
export interface TokenDecoderOptions {
  /** How many tokens there are. */
  readonly vocabulary: number;
  /** Tokens in a row. */
  readonly length: number;
  /** Units of the recurrent cell. */
  readonly units: number;
  /** Decides the first weights. */
  readonly seed: number;
}

/**
 * Writes a text from a point, token after token: a gated recurrent unit (1406.1078) that starts from the point, is told the point at every place, and sees
 * the token before. `[batch, latent]` to one-hot `[batch, length, vocabulary]`: the likeliest token of each place, through which gradients pass as
 * in {@link StraightThrough}, from every token to all before it and to the point.
 *
 * Tokens that know the ones before agree with each other even where a point lies between two texts.
 */
export class TokenDecoder extends tf.layers.Layer {
  static readonly className = 'PolyganTokenDecoder';
  readonly #options: TokenDecoderOptions;
  #start!: LayerVariable;
  #context!: LayerVariable;
  #bias!: LayerVariable;
  #recurrent!: LayerVariable;
  #tokens!: LayerVariable;
  #output!: LayerVariable;
  #outputBias!: LayerVariable;
  #temperature!: LayerVariable;

  constructor({
    vocabulary,
    length,
    units,
    seed,
    ...config
  }: TokenDecoderOptions & NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>) {
    super(config);
    this.#options = { vocabulary, length, units, seed };
  }

  // Minifiers rename classes, model files do not.
  override getClassName(): string {
    return TokenDecoder.className;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const latent = (inputShape as tf.Shape).at(-1)!;
    const { vocabulary, units, seed } = this.#options;
    const random = Random.fromSeed(seed);
    const weight = (name: string, shape: number[]) =>
      this.addWeight(name, shape, 'float32', tf.initializers.glorotNormal({ seed: random.integer(2 ** 31) }));
    const zeros = (name: string, shape: number[]) => this.addWeight(name, shape, 'float32', tf.initializers.zeros());
    const gates = gruCell.gates * units;
    this.#start = weight('start', [latent, units]);
    this.#context = weight('context', [latent, gates]);
    this.#bias = zeros('bias', [gates]);
    this.#recurrent = weight('recurrent', [units, gates]);
    this.#tokens = weight('tokens', [vocabulary, gates]);
    this.#output = weight('output', [units, vocabulary]);
    this.#outputBias = zeros('output_bias', [vocabulary]);
    this.#temperature = this.addWeight('temperature', [1], 'float32', tf.initializers.ones(), undefined, false);
    super.build(inputShape);
  }

  /** Sets the temperature of the softmax that gradients pass through, above 0. */
  setTemperature(value: number): void {
    tf.tidy(() => {
      this.#temperature.write(tf.tensor1d([value]));
    });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const points = (Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor2D;
      const temperature = this.#temperature.read();
      const written: tf.Tensor[] = [];
      this.#write(points, (logits) => {
        const token = relaxed(logits, temperature) as tf.Tensor2D;
        written.push(token);
        return token;
      });
      return tf.stack(written, 1);
    });
  }

  /** The logits of each place `[batch, length, vocabulary]`, the texts before it being given, one-hot of the same shape. */
  logits(points: tf.Tensor2D, texts: tf.Tensor3D): tf.Tensor3D {
    return tf.tidy(() => {
      const given = tf.unstack(texts, 1) as tf.Tensor2D[];
      const found: tf.Tensor[] = [];
      this.#write(points, (logits, place) => {
        found.push(logits);
        return given[place]!;
      });
      return tf.stack(found, 1) as tf.Tensor3D;
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch] = inputShape as tf.Shape;
    return [batch!, this.#options.length, this.#options.vocabulary];
  }

  /** Goes through the places; `choose` says which token, one-hot, stands in each. */
  #write(points: tf.Tensor2D, choose: (logits: tf.Tensor2D, place: number) => tf.Tensor2D): void {
    const step = gruCell.prepare(this.#recurrent.read() as tf.Tensor2D);
    const context = tf.add(tf.matMul(points, this.#context.read() as tf.Tensor2D), this.#bias.read()) as tf.Tensor2D;
    let state = [tf.tanh(tf.matMul(points, this.#start.read() as tf.Tensor2D)) as tf.Tensor2D];
    let projected = context;
    for (let place = 0; place < this.#options.length; place++) {
      state = [...step(projected, state)];
      const logits = tf.add(tf.matMul(state[0]!, this.#output.read() as tf.Tensor2D), this.#outputBias.read()) as tf.Tensor2D;
      const token = choose(logits, place);
      projected = tf.add(context, tf.matMul(token, this.#tokens.read() as tf.Tensor2D)) as tf.Tensor2D;
    }
  }
}

tf.serialization.registerClass(TokenDecoder);
