import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './pages.js';
import { shellCommands } from './shell-commands.js';

const CLI = path.join(ROOT, 'packages/cli/dist/bin.js');
const QUICK = ['--steps', '2', '--batch', '4', '--threads', '1', '--set', 'recording.previewCount=2'];

/** What makes networks of each kind small. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  image: ['model.width=4'],
  audio: ['model.width=2'],
  text: ['model.hidden=8', 'model.embedding=8'],
  multimodal: ['image.width=4', 'audio.width=2', 'text.width=8'].map((each) => `model.modalities.${each}`),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-readme-'));
});
afterAll(() => rm(folder, { recursive: true }));

function polygan(...words: readonly string[]): Promise<{ stdout: string }> {
  return promisify(execFile)('node', [CLI, ...words], { cwd: folder });
}

/** The command, but a training takes two steps of small networks in place of its minutes. */
function quickened(words: readonly string[]): string[] {
  if (words[1] !== 'train') return words.slice(1);
  const minutes = words.indexOf('--minutes');
  const rest = minutes < 0 ? words : [...words.slice(0, minutes), ...words.slice(minutes + 2)];
  return [...rest.slice(1), ...QUICK, ...SMALL[words[2]!]!.flatMap((each) => ['--set', each])];
}

/** A tone of half a second as a WAV file of 16 bits at 8 kHz. */
function tone(pitch: number): Buffer {
  const samples = Int16Array.from({ length: 4096 }, (_, i) => 12_000 * Math.sin((2 * Math.PI * pitch * i) / 8000));
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 16_000],
    [40, samples.byteLength],
  ] as const)
    header.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    header.writeUInt16LE(value, at);
  header.write('data', 36);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}

/** The folders and files that the README speaks of. */
async function bring(): Promise<void> {
  const inside = (...names: string[]) => path.join(folder, ...names);
  await polygan('train', 'image', '--data', 'fake', '--out', 'fake-run', ...QUICK, '--set', 'model.width=4');
  await polygan('sample', 'fake-run', '--count', '16', '--out', 'my-pictures');
  await mkdir(inside('my-sounds'));
  await mkdir(inside('my-pets'));
  const pictures = (await readdir(inside('my-pictures'))).filter((name) => name.endsWith('.png'));
  const words = ['a small brown dog', 'a large grey cat', 'a white dog', 'a black cat'];
  const lines = pictures.map(async (picture, i) => {
    await writeFile(inside('my-sounds', `${i}.wav`), tone(200 + 20 * i));
    await copyFile(inside('my-pictures', picture), inside('my-pets', picture));
    await writeFile(inside('my-pets', `${i}.wav`), tone(300 + 20 * i));
    return JSON.stringify({ image_file_name: picture, audio_file_name: `${i}.wav`, text: words[i % 4] });
  });
  await writeFile(inside('my-pets', 'metadata.jsonl'), (await Promise.all(lines)).join('\n'));
  await writeFile(inside('my-texts.txt'), Array.from({ length: 40 }, (_, i) => `${words[i % 4]} on a mat ${i}`).join('\n'));
  await copyFile(inside('my-pictures', pictures[0]!), inside('rex.jpg'));
}

test(
  'the commands of the README do what they say, with less to learn',
  async () => {
    await bring();
    const commands = shellCommands().filter(({ place, words }) => place.startsWith('README.md:') && words[0] === 'polygan');
    expect(commands.length).toBeGreaterThan(5);
    for (const { place, words } of commands) {
      await polygan(...quickened(words)).catch((error: Error) => {
        throw new Error(`${place}: ${error.message}`);
      });
      const out = words[words.indexOf('--out') + 1]!;
      if (words[1] === 'train') {
        expect(await readdir(path.join(folder, out)), place).toEqual(
          expect.arrayContaining(['model', 'report.html', 'run.json', 'samples']),
        );
        expect(await readFile(path.join(folder, out, 'report.html'), 'utf8')).toContain('</html>');
      }
      if (words[1] === 'sample') {
        const count = Number(words[words.indexOf('--count') + 1]);
        expect((await readdir(path.join(folder, out))).filter((name) => name.endsWith('.png')).length, place).toBe(count);
      }
    }
  },
  20 * 60_000,
);
