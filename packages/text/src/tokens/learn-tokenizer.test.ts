import { OptionsError } from '@polygan/core';
import { describe, expect, it } from 'vitest';
import { learnTokenizer, tokenizerFrom } from './learn-tokenizer.js';
import { END, UNKNOWN, UNKNOWN_TEXT } from './special-tokens.js';
import type { TokenKind } from './tokenizer.js';

const ENGLISH = [
  'A man (in red) rides a well-known bike, slowly.',
  "It's \"late\"; isn't it? Yes: 3 o'clock!",
  'Two dogs sit. They wait.',
  'Red cars, red bikes. Dogs wait, in red (slowly).',
];
const TOKENISED = ['a man rides a bike , slowly .', 'two dogs sit .', 'they wait , and sit .'];
const CHINESE = ['秦川雄帝宅，函谷壮皇居。', '绮殿千寻起，离宫百雉余。'];
const SPACED_CHINESE = ['秦 川 雄 帝 宅 ， 函 谷 壮 皇 居 。', '绮 殿 千 寻 起 ， 离 宫 百 雉 余 。'];
const MANY = [
  '日本語のテキスト。',
  'Ça va? Œuvre…',
  'สวัสดีครับ',
  '👩‍👩‍👧 a 👍🏽!',
  'e\u0301te\u0301'.normalize('NFC'),
  'double  space\tand tab',
];
const KINDS: TokenKind[] = ['character', 'word', 'bpe'];

describe('every kind of tokens', () => {
  it.each(KINDS.flatMap((tokens) => [ENGLISH, TOKENISED, CHINESE, SPACED_CHINESE].map((texts) => ({ tokens, texts }))))(
    'gives texts back: $tokens of $texts.0',
    ({ tokens, texts }) => {
      const tokenizer = learnTokenizer(texts, { tokens });
      for (const text of texts.filter((text) => tokens !== 'word' || !text.includes('"'))) {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }
    },
  );

  it.each(KINDS)('%s: survives JSON', (tokens) => {
    const tokenizer = learnTokenizer([...ENGLISH, ...MANY], { tokens, lowercase: true, vocabulary: 60 });
    const again = tokenizerFrom(JSON.parse(JSON.stringify(tokenizer)));
    expect(again.vocabulary).toEqual(tokenizer.vocabulary);
    for (const text of ENGLISH) {
      expect(again.encode(text)).toEqual(tokenizer.encode(text));
      expect(again.decode(again.encode(text))).toBe(tokenizer.decode(tokenizer.encode(text)));
    }
  });

  it.each(KINDS)('%s: does not depend on the order of the texts', (tokens) => {
    const all = [...ENGLISH, ...TOKENISED, ...CHINESE];
    expect(learnTokenizer([...all].reverse(), { tokens }).toJSON()).toEqual(learnTokenizer(all, { tokens }).toJSON());
  });

  it.each(KINDS)('%s: keeps to its vocabulary, and knows what it does not know', (tokens) => {
    const tokenizer = learnTokenizer(ENGLISH, { tokens, vocabulary: 12 });
    expect(tokenizer.vocabulary).toHaveLength(12);
    const unknown = tokenizer.encode('猫');
    expect(unknown).toEqual([UNKNOWN]);
    expect(tokenizer.decode(unknown)).toBe(UNKNOWN_TEXT);
  });

  it.each(KINDS)('%s: decodes up to the end, and nothing as nothing', (tokens) => {
    const tokenizer = learnTokenizer(ENGLISH, { tokens });
    const dogs = tokenizer.encode('Two dogs');
    expect(tokenizer.decode([...dogs, END, ...dogs])).toBe('Two dogs');
    expect(tokenizer.encode('')).toEqual([]);
    expect(tokenizer.decode([])).toBe('');
  });

  it.each(['character', 'bpe'] as const)('%s: gives any known text back, in any script', (tokens) => {
    const tokenizer = learnTokenizer(MANY, { tokens, vocabulary: 500 });
    for (const text of MANY) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });
});

describe('words', () => {
  it('are words and single marks', () => {
    const tokenizer = learnTokenizer(ENGLISH, { tokens: 'word' });
    const pieces = tokenizer.encode("It's a well-known bike (red).").map((token) => tokenizer.vocabulary[token]);
    expect(pieces).toEqual(["It's", 'a', 'well-known', 'bike', '(', 'red', ')', '.']);
  });

  it('put spaces into sentences that the data did not hold as the data would', () => {
    const tokenizer = learnTokenizer(ENGLISH, { tokens: 'word' });
    expect(tokenizer.decode(tokenizer.encode('Two red dogs ( slowly ) sit , in a bike .'))).toBe(
      'Two red dogs (slowly) sit, in a bike.',
    );
    const apart = learnTokenizer(TOKENISED, { tokens: 'word' });
    expect(apart.decode(apart.encode('two dogs wait.'))).toBe('two dogs wait .');
  });

  it('of Chinese are those of a dictionary, without spaces', () => {
    const texts = ['我们喜欢北京。', '我们去北京。'];
    const tokenizer = learnTokenizer(texts, { tokens: 'word' });
    expect(tokenizer.vocabulary).toContain('北京');
    expect(tokenizer.decode(tokenizer.encode('我们去北京。'))).toBe('我们去北京。');
  });
});

it('counts graphemes as characters', () => {
  const tokenizer = learnTokenizer(['👩‍👩‍👧👍🏽é'], { tokens: 'character' });
  expect(tokenizer.encode('👩‍👩‍👧👍🏽e\u0301')).toHaveLength(3);
});

it('lower-cases if asked to', () => {
  const tokenizer = learnTokenizer(['ABC abc'], { lowercase: true });
  expect(tokenizer.decode(tokenizer.encode('CAB'))).toBe('cab');
});

it('refuses what it does not know', () => {
  expect(() => learnTokenizer([], { tokens: 'words' } as object)).toThrow(OptionsError);
  expect(() => tokenizerFrom({ kind: 'sentence' } as never)).toThrow('tokenizerFrom: expected what toJSON() of a tokenizer gave');
});
