import type { Sound } from '@polygan/audio';

let context: AudioContext | undefined;
let playing: AudioBufferSourceNode | undefined;

/** Plays a sound, and ends the one that plays. Resolves when it is over. */
export async function playSound({ sampleRate, channels }: Sound): Promise<void> {
  context ??= new AudioContext();
  await context.resume();
  playing?.stop();
  const buffer = context.createBuffer(channels.length, channels[0]!.length, sampleRate);
  channels.forEach((samples, i) => {
    buffer.copyToChannel(Float32Array.from(samples), i);
  });
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  playing = source;
  source.start();
  await new Promise<void>((resolve) => source.addEventListener('ended', () => resolve()));
  if (playing === source) playing = undefined;
}
