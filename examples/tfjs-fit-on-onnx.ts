/**
 * Plain TensorFlow.js on the ONNX engine, with nothing else of polygan: import it, and `model.fit` runs at native speed.
 *
 *   pnpm tfjs-fit-on-onnx
 *
 * What to expect: a small convolutional classifier of handwritten digits, about 90 % accuracy on pictures it has not seen after one epoch,
 * in some seconds. On tfjs's own `cpu` backend the same takes minutes.
 */
import '@polygan/tfjs-backend-onnx';
import { digitSamples } from '@polygan/datasets/node';
import * as tf from '@tensorflow/tfjs';

await tf.setBackend('onnx');
console.log(`backend ${tf.getBackend()}`);

/** Pictures `[count, 28, 28, 1]` in -1 … 1, and their classes `[count, 10]`. */
async function load(split: 'train' | 'test'): Promise<{ pictures: tf.Tensor; classes: tf.Tensor }> {
  const { values, labels } = await digitSamples({ split });
  const pictures = tf.tensor4d(
    Float32Array.from(values, (byte) => byte / 127.5 - 1),
    [values.length / 784, 28, 28, 1],
  );
  return { pictures, classes: tf.oneHot(tf.tensor1d(Int32Array.from(labels!), 'int32'), 10) };
}

const seed = 1;
const model = tf.sequential({
  layers: [
    tf.layers.conv2d({
      inputShape: [28, 28, 1],
      filters: 16,
      kernelSize: 5,
      strides: 2,
      activation: 'relu',
      kernelInitializer: tf.initializers.heNormal({ seed }),
    }),
    tf.layers.conv2d({
      filters: 32,
      kernelSize: 3,
      strides: 2,
      activation: 'relu',
      kernelInitializer: tf.initializers.heNormal({ seed }),
    }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: tf.initializers.glorotNormal({ seed }) }),
  ],
});
model.compile({ optimizer: tf.train.adam(2e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

const training = await load('train');
const started = performance.now();
await model.fit(training.pictures, training.classes, {
  epochs: 1,
  batchSize: 64,
  verbose: 0,
  callbacks: { onEpochEnd: async (epoch, logs) => console.log(`epoch ${epoch + 1}: loss ${logs?.loss?.toFixed(3)}`) },
});
console.log(`trained in ${((performance.now() - started) / 1000).toFixed(1)} s`);

const test = await load('test');
const [, accuracy] = model.evaluate(test.pictures, test.classes) as tf.Scalar[];
console.log(`accuracy on the test pictures ${((await accuracy!.data())[0]! * 100).toFixed(1)} %`);
