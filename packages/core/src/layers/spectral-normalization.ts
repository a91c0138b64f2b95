import * as tf from '@tensorflow/tfjs';
import { stopGradient } from '../gradients/stop-gradient.js';

type Layer = tf.layers.Layer;
type LayerVariable = ReturnType<Layer['addWeight']>;
type Shape = tf.Shape | tf.Shape[];

/** What the wrapped layers have in common: a kernel that they read whenever they are called. */
interface KernelLayer extends Layer {
  kernel: Pick<LayerVariable, 'read'>;
}

/** The layers that can be wrapped, with the axis of their kernel that counts the outputs. */
const outputAxes: Readonly<Record<string, number>> = { Dense: 1, Conv1D: 2, Conv2D: 3, Conv2DTranspose: 2 };

/**
 * A dense or convolutional layer whose kernel W is divided by its largest singular value σ(W), so that the layer cannot stretch its input by
 * more than about 1 (Miyato et al. 2018, arXiv 1802.05957, algorithm 1).
 *
 * σ comes from one step of power iteration at each call; the vector that it starts from is a weight that is not trained, saved with the
 * model, and moved only by calls with `training: true`. The gradient goes through W and through σ, u and v being constants (equation 12).
 * The kernel counts as a matrix of its inputs and its place by its outputs, as in PyTorch.
 */
export class SpectralNormalization extends tf.layers.Layer {
  static readonly className = 'SpectralNormalization';
  /** The wrapped layer; it belongs to this one. */
  readonly layer: KernelLayer;
  #direction!: LayerVariable;

  constructor({ layer, ...config }: { readonly layer: Layer } & ConstructorParameters<typeof tf.layers.Layer>[0]) {
    super(config);
    const kind = layer.getClassName();
    if (!Object.hasOwn(outputAxes, kind)) {
      throw new Error(`SpectralNormalization: expected a layer of type ${Object.keys(outputAxes).join(', ')}, got ${kind}`);
    }
    this.layer = layer as KernelLayer;
  }

  /** Puts a saved layer together again; TensorFlow.js calls it. */
  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    { layer, ...config }: tf.serialization.ConfigDict,
  ): T {
    const { className, config: inner } = layer as { className: string; config: tf.serialization.ConfigDict };
    const [layerClass, make] = tf.serialization.SerializationMap.getMap().classNameMap[className]!;
    return new cls({ ...config, layer: make(layerClass, inner) as unknown as tf.serialization.ConfigDict });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), layer: { className: this.layer.getClassName(), config: this.layer.getConfig() } };
  }

  override build(inputShape: Shape): void {
    this.layer.build(inputShape);
    this.layer.built = true;
    const outputs = this.layer.kernel.read().shape[this.#outputAxis]!;
    // Any direction will do that is not at right angles to the one looked for; a fixed seed keeps runs the same.
    const initializer = tf.initializers.randomNormal({ mean: 0, stddev: 1, seed: 1802 });
    this.#direction = this.addWeight('direction', [1, outputs], 'float32', initializer, undefined, false);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      const { kernel } = this.layer;
      const normalized = this.#normalize(kernel.read(), kwargs.training === true);
      this.layer.kernel = { read: () => normalized };
      try {
        return this.layer.call(inputs, kwargs);
      } finally {
        this.layer.kernel = kernel;
      }
    });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return this.layer.computeOutputShape(inputShape);
  }

  // The wrapped layer does not exist yet while the constructor of the base class runs.

  override get trainable(): boolean {
    return this.layer?.trainable ?? true;
  }

  override set trainable(trainable: boolean) {
    if (this.layer) this.layer.trainable = trainable;
  }

  override get trainableWeights(): LayerVariable[] {
    return this.layer?.trainableWeights ?? [];
  }

  override get nonTrainableWeights(): LayerVariable[] {
    return [...(this.layer?.nonTrainableWeights ?? []), ...(this.#direction ? [this.#direction] : [])];
  }

  get #outputAxis(): number {
    return outputAxes[this.layer.getClassName()]!;
  }

  #normalize(kernel: tf.Tensor, training: boolean): tf.Tensor {
    const axis = this.#outputAxis;
    // Only Conv2DTranspose has its outputs elsewhere than last.
    const matrix = axis === kernel.rank - 1 ? kernel : tf.transpose(kernel, [0, 1, 3, 2]);
    const outputs = kernel.shape[axis]!;
    return tf.div(kernel, this.#largestSingularValue(tf.reshape(matrix, [-1, outputs]), training));
  }

  /** σ ≈ v W uᵀ after one step of power iteration. */
  #largestSingularValue(matrix: tf.Tensor2D, training: boolean): tf.Tensor {
    const v = stopGradient(() => normalized(tf.matMul(this.#direction.read() as tf.Tensor2D, matrix, false, true)));
    const u = stopGradient(() => normalized(tf.matMul(v, matrix)));
    if (training) this.#direction.write(u);
    return tf.sum(tf.mul(tf.matMul(v, matrix), u));
  }
}

/** Wraps a dense or convolutional layer in {@link SpectralNormalization}; the wrapped layer belongs to the result. */
export function spectralNormalization(layer: Layer): SpectralNormalization {
  return new SpectralNormalization({ layer });
}

function normalized(row: tf.Tensor2D): tf.Tensor2D {
  return tf.div(row, tf.add(tf.norm(row), 1e-12));
}
