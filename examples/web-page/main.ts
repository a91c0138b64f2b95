/**
 * Makes pictures, sounds and texts in a web page, from what `polygan export digits-in-three-forms --out model` wrote beside it.
 * How the page is put together: docs/exporting.md
 */
import '@polygan/multimodal'; // the layers of ours that the model has
import { tokenizerFrom } from '@polygan/text';
import * as tf from '@tensorflow/tfjs';

const { model } = await (await fetch('model/run.json')).json();
const sampler = await tf.loadLayersModel('model/model/model.json');
const { modalities } = model.options;
const tokenizer = tokenizerFrom(modalities.text.tokenizer);
const button = document.querySelector('button')!;

button.onclick = async () => {
  const { picture, sound, words } = tf.tidy(() => {
    const points = sampler.inputs.map(({ shape }) => tf.randomNormal([1, shape[1]!]));
    const samples = (sampler.predict(points) as tf.Tensor[]).map((batch) => batch.squeeze([0]));
    const { image, audio, text } = Object.fromEntries(Object.keys(modalities).map((form, i) => [form, samples[i]!]));
    return { picture: image!.add(1).div(2).clipByValue(0, 1) as tf.Tensor3D, sound: audio!, words: text!.argMax(-1) };
  });
  await tf.browser.toPixels(picture, document.querySelector('canvas')!);
  document.querySelector('output')!.textContent = tokenizer.decode(await words.data());
  const { length, sampleRate } = modalities.audio;
  const buffer = new AudioBuffer({ length, sampleRate });
  buffer.copyToChannel(Float32Array.from(await sound.data()), 0);
  const context = new AudioContext();
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(context.destination);
  source.start();
  tf.dispose([picture, sound, words]);
};

document.querySelector('output')!.textContent = 'Ready.';
button.disabled = false;
