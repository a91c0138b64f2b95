import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OptionsError } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { END } from '../tokens/special-tokens.js';
import { openTexts, type TextsProgress, textDataset } from './open-texts.js';
import { surveyTexts } from './survey-texts.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texts-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function textsOf(path: string, options = {}): Promise<string[]> {
  const { texts, tokenizer } = await openTexts(path, options);
  return texts().map((tokens) => tokenizer.decode(tokens));
}

const NAMES = ['anna', 'bert', 'clara', 'dora'];
// iconv -t GB18030 of the two lines of CHINESE.
const CHINESE = '床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n';
const GB18030 = Buffer.from(
  'b4b2c7b0c3f7d4c2b9e2a3acd2c9cac7b5d8c9cfcbaaa1a30abed9cdb7cdfbc3f7d4c2a3acb5cdcdb7cbbcb9cacfe7a1a30a',
  'hex',
);

// Python's encode, of two haiku and of sentences.
const SHIFT_JIS = Buffer.from(
  '8cc3927282e28a5e94f282d182b182de908582cc89b90a8ad582b382e28ae282c982b582dd93fc82e990e482cc90ba0a',
  'hex',
);
const EUC_KR = Buffer.from('bfc0b4c3c0ba20b3afbebeb0a120c1c1bec6bcad20b0f8bff8bfa120b0acbdc0b4cfb4d90a', 'hex');
const BIG5 = Buffer.from('a4b5a4d1a4d1aef0abdca66ea141a7daadcca568a4bdb6e9b4b2a842a1430a', 'hex');
const ISO_2022_JP = Buffer.from('1b24423a23467c244f45373524242c242424241b28420a', 'hex');

describe('a file with a sample on each line', () => {
  it.each([
    ['line feeds', `${NAMES.join('\n')}\n`],
    ['carriage returns and line feeds, no last one', NAMES.join('\r\n')],
    ['carriage returns', NAMES.join('\r')],
    ['a byte order mark', `\uFEFF${NAMES.join('\n')}`],
    ['UTF-16, little-endian', Buffer.from(`\uFEFF${NAMES.join('\n')}`, 'utf16le')],
    ['UTF-16, big-endian', Buffer.from(`\uFEFF${NAMES.join('\n')}`, 'utf16le').swap16()],
    ['empty lines and white space around', `\n  ${NAMES.join(' \n\n')}\n \n`],
  ])('is read with %s', async (name, content) => {
    expect(await textsOf(await file(`${name}.txt`, content))).toEqual(NAMES);
  });

  it('is read in GB18030, by itself and by option', async () => {
    const lines = CHINESE.trim().split('\n');
    const path = await file('gb.txt', GB18030);
    expect(await textsOf(path)).toEqual(lines);
    expect(await textsOf(path, { encoding: 'gb18030' })).toEqual(lines);
    expect(await textsOf(await file('utf8-chinese.txt', CHINESE))).toEqual(lines);
  });

  it('gives rows of tokens, filled up with ends, and knows itself by a fingerprint', async () => {
    const path = await file('names.txt', NAMES.join('\n'));
    const data = await openTexts(path);
    expect(data).toMatchObject({ size: 4, length: 5, skipped: { empty: 0, tooLong: 0, cut: 0, duplicates: 0 } });
    const { samples, labels } = await data.batch([2, 0]);
    expect(samples.dtype).toBe('int32');
    expect(samples.shape).toEqual([2, 5]);
    expect(labels).toBeUndefined();
    const values = [...(await samples.data())];
    expect(values.slice(5)).toEqual([...data.tokenizer.encode('anna'), END]);
    expect((await openTexts(path)).fingerprint).toBe(data.fingerprint);
    expect((await openTexts(await file('others.txt', 'anna\nberta\nclara\ndora'))).fingerprint).not.toBe(data.fingerprint);
    samples.dispose();
  });

  it('tells how far the reading has come, and stops when it is told to', async () => {
    const path = await file('large.txt', Array.from({ length: 40_000 }, (_, i) => `line ${i}`).join('\n'));
    const told: TextsProgress[] = [];
    await openTexts(path, { onProgress: (progress) => told.push(progress) });
    for (const stage of ['learning tokens', 'encoding']) {
      const shares = told.filter((progress) => progress.stage === stage).map(({ share }) => share);
      expect(shares.length).toBeGreaterThan(2);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
    }
    const stopping = new AbortController();
    const stopped = openTexts(path, { onProgress: () => stopping.abort(new Error('enough')), signal: stopping.signal });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('counts what it leaves out, cuts or meets twice', async () => {
    const path = await file('mixed.txt', 'abc\nabc\n\nabcdef\nab');
    expect((await openTexts(path, { length: 3 })).skipped).toEqual({ empty: 1, tooLong: 1, cut: 0, duplicates: 1 });
    expect(await textsOf(path, { length: 3 })).toEqual(['abc', 'abc', 'ab']);
    expect((await openTexts(path, { length: 3, tooLong: 'cut' })).skipped).toEqual({
      empty: 1,
      tooLong: 0,
      cut: 1,
      duplicates: 1,
    });
    expect(await textsOf(path, { length: 3, tooLong: 'cut' })).toEqual(['abc', 'abc', 'abc', 'ab']);
  });

  it('holds texts out by seed, equal ones on one side', async () => {
    const lines = Array.from({ length: 600 }, (_, i) => `text ${i % 300}`);
    const path = await file('many.txt', lines.join('\n'));
    const data = await openTexts(path, { heldOut: 0.2 });
    const [trained, held] = [data.texts(), data.heldOut!.texts()].map((texts) =>
      texts.map((tokens) => data.tokenizer.decode(tokens)),
    );
    expect(trained!.length + held!.length).toBe(600);
    expect(held!.length / 600).toBeCloseTo(0.2, 1);
    expect(held!.filter((text) => trained!.includes(text))).toEqual([]);
    expect((await openTexts(path, { heldOut: 0.2 })).heldOut!.fingerprint).toBe(data.heldOut!.fingerprint);
    expect((await openTexts(path, { heldOut: 0.2, seed: 1 })).heldOut!.fingerprint).not.toBe(data.heldOut!.fingerprint);
  });

  it('chooses words where there are spaces, characters where there are none, and a length that 99 of 100 texts fit', async () => {
    const lines = [...Array.from({ length: 199 }, (_, i) => `a man rides bike ${i}.`), 'it is a very very very long one indeed'];
    expect(await surveyTexts(await file('spaced.txt', lines.join('\n')))).toMatchObject({
      texts: 200,
      tokens: 'word',
      length: 6,
      tooLong: 1,
      examples: expect.arrayContaining(['a man rides bike 0.']),
    });
    expect(await surveyTexts(await file('chinese.txt', CHINESE))).toMatchObject({ tokens: 'character', length: 12 });
  });
});

describe('tables', () => {
  it('of comma-separated values give texts and classes', async () => {
    const path = await file('table.csv', '\uFEFFid,text,label\n1,"one, ""two""\nthree",b\n2,four,a\n');
    const data = await openTexts(path, { tokens: 'character' });
    expect(data.classNames).toEqual(['a', 'b']);
    expect(await textsOf(path, { tokens: 'character' })).toEqual(['one, "two"\nthree', 'four']);
    const { samples, labels } = await data.batch([0, 1]);
    expect([...(await labels!.data())]).toEqual([1, 0]);
    tf.dispose([samples, labels!]);
  });

  it('of JSON lines give the field asked for', async () => {
    const path = await file('table.jsonl', '{"caption":"anna"}\n\n{"caption":"bert"}\n');
    expect(await textsOf(path, { field: 'caption' })).toEqual(['anna', 'bert']);
    await expect(openTexts(path)).rejects.toThrow(
      "has no text in the field 'text', its fields are caption; say field: 'caption'",
    );
  });

  it('that are broken are refused with their place', async () => {
    await expect(openTexts(await file('broken.jsonl', '{"text":"a"}\n{"text'))).rejects.toThrow('line 2 of');
    await expect(openTexts(await file('broken.csv', 'text\n"abc'))).rejects.toThrow('is not a table of the expected form');
    await expect(openTexts(await file('half.csv', 'text,label\na,x\nb,\n'))).rejects.toThrow('only 1 of 2 texts');
  });
});

describe('a folder', () => {
  it('gives a sample a file, sub-folders being classes', async () => {
    for (const name of ['x/1', 'x/2', 'y/1']) await file(`classes/${name}.txt`, `${name}\nsecond line\n`);
    const data = await openTexts(join(folder, 'classes'), { tokens: 'character' });
    expect(data.classNames).toEqual(['x', 'y']);
    expect(data.texts().map((tokens) => data.tokenizer.decode(tokens))).toContain('y/1\nsecond line');
  });

  it('without text files is refused', async () => {
    await file('none/picture.png', 'x');
    await expect(openTexts(join(folder, 'none'))).rejects.toThrow('no .txt files in');
  });
});

it('texts in memory are opened like those of a file', async () => {
  const data = await textDataset(
    [
      { text: 'anna', className: 'f' },
      { text: ' bert ', className: 'm' },
      { text: '', className: 'm' },
    ],
    { length: 6 },
  );
  expect(data).toMatchObject({ size: 2, length: 6, classNames: ['f', 'm'], skipped: { empty: 1 } });
  expect(data.texts().map((tokens) => data.tokenizer.decode(tokens))).toEqual(['anna', 'bert']);
});

describe('what is no text is refused', () => {
  it.each([
    ['an empty file', '', 'is empty'],
    ['white space', ' \n\n \n', 'holds no text'],
    ['one line', 'alone\n', 'only 1 of 1 texts'],
    ['bytes', Buffer.from([0, 1, 2, 0, 0, 255, 3, 0]), 'holds zero bytes, so it is not a text file; expected'],
    ['lines that are all too long', `${'word '.repeat(300)}\n`.repeat(3), "For the beginnings of long ones say tooLong: 'cut'"],
    ['a gzip archive', Buffer.from([0x1f, 0x8b, 8, 0]), 'is a gzip archive'],
    ['Latin-1', Buffer.from('caf\u00e9\nth\u00e9\nfin de journ\u00e9e\n', 'latin1'), "or say encoding: 'iso-8859-1'"],
    ['UTF-16 without a mark', Buffer.from('anna\nberta\n', 'utf16le'), "if it is the latter say encoding: 'utf-16le'"],
    ['its other byte order', Buffer.from('anna\nberta\n', 'utf16le').swap16(), "say encoding: 'utf-16be'"],
    ['Shift-JIS', SHIFT_JIS, "it may be Shift_JIS; save it as UTF-8, or say encoding: 'shift_jis'"],
    ['EUC-KR', EUC_KR, "or say encoding: 'euc-kr'"],
    ['Big5', BIG5, "or say encoding: 'big5'"],
    ['ISO-2022-JP', ISO_2022_JP, "or say encoding: 'iso-2022-jp'"],
    [
      'wrong bytes far inside',
      Buffer.concat([Buffer.from('abcdefg\n'.repeat(20_000)), Buffer.from([0xff, 10])]),
      'is not utf-8 after about byte',
    ],
    ['a line without end', 'a'.repeat(2 ** 21), 'has a line of more than'],
  ])('%s', async (name, content, message) => {
    await expect(openTexts(await file(`${name} bad.txt`, content))).rejects.toThrow(message);
  });

  it('other encodings are read where they are said', async () => {
    expect(await textsOf(await file('haiku.txt', SHIFT_JIS), { encoding: 'shift_jis' })).toEqual([
      '古池や蛙飛びこむ水の音',
      '閑さや岩にしみ入る蝉の声',
    ]);
    expect(
      await textsOf(await file('latin.txt', Buffer.from('caf\u00e9\nth\u00e9', 'latin1')), { encoding: 'windows-1252' }),
    ).toEqual(['café', 'thé']);
  });

  it('nothing at all, unknown encodings, unknown options', async () => {
    await expect(openTexts(join(folder, 'nowhere.txt'))).rejects.toThrow('there is nothing at');
    await expect(openTexts(await file('n.txt', 'a\nb'), { encoding: 'utf-99' })).rejects.toThrow("unknown encoding 'utf-99'");
    await expect(openTexts('x', { lenght: 3 } as object)).rejects.toThrow(OptionsError);
  });
});
