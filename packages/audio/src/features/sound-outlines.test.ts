import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { soundOutlines } from './sound-outlines.js';

const RATE = 8000;
const LENGTH = 8192;

/** A tone that goes evenly from one pitch to another, in Hz, from a place in samples on, within silence. */
function glide(from: number, to: number, start: number, length: number): Float32Array {
  const phase = (t: number) => 2 * Math.PI * (from * t + ((to - from) * t * t) / (2 * (length / RATE)));
  return Float32Array.from({ length: LENGTH }, (_, i) =>
    i >= start && i < start + length ? 0.5 * Math.sin(phase((i - start) / RATE)) : 0,
  );
}

it('hears a sound again when it comes later, or slower, and tells it from another', async () => {
  const sounds = [
    glide(300, 2000, 0, 3000),
    glide(300, 2000, 4000, 3000),
    glide(300, 2000, 500, 5000),
    glide(2000, 300, 0, 3000),
  ];
  const batch = tf.tensor3d(Float32Array.from(sounds.flatMap((sound) => [...sound])), [4, LENGTH, 1]);
  const { values, rows, columns } = await soundOutlines(batch, RATE);
  batch.dispose();
  expect([rows, columns]).toEqual([4, 320]);
  const [first, later, slower, falling] = sounds.map((_, i) => values.slice(i * columns, (i + 1) * columns));
  const distance = (other: Float32Array | Float64Array) => Math.hypot(...first!.map((value, i) => value - other[i]!));
  expect(distance(later!)).toBeLessThan(distance(falling!) / 5);
  expect(distance(slower!)).toBeLessThan(distance(falling!) / 3);
});

it('has numbers for silence too, and hears the mean of two channels', async () => {
  const silence = tf.zeros([1, 4096, 1]);
  const tone = tf.tidy(() => tf.sin(tf.range(0, 4096)).reshape([1, 4096, 1]));
  const both = tf.tidy(() => tf.concat([tone, tf.zerosLike(tone)], 2));
  const half = tf.mul(tone, 0.5);
  expect((await soundOutlines(silence, RATE)).values.every(Number.isFinite)).toBe(true);
  const [stereo, mono] = [await soundOutlines(both, RATE), await soundOutlines(half, RATE)];
  stereo.values.forEach((value, i) => {
    expect(value).toBeCloseTo(mono.values[i]!, 4);
  });
  tf.dispose([silence, tone, both, half]);
});
