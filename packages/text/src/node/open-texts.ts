import { createHash } from 'node:crypto';
import {
  type Batch,
  type Dataset,
  either,
  integer,
  number,
  oneOf,
  optional,
  positiveInteger,
  Random,
  resolveOptions,
  string,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type TokenizerOptions, tokenizerFrom, tokenizerLearner, tokenizerSchema } from '../tokens/learn-tokenizer.js';
import { formOf, type TextForm } from '../tokens/text-form.js';
import { tokenRows } from '../tokens/token-rows.js';
import type { Tokenizer } from '../tokens/tokenizer.js';
import { chooseLength, chooseTokens } from './choose-tokens.js';
import { TextOptionError } from './text-option-error.js';
import { type RawText, readTexts } from './text-sources.js';
import { type TokenStore, tokenStore } from './token-store.js';

/** Options of {@link openTexts}. */
export interface OpenTextsOptions extends TokenizerOptions {
  /** A tokenizer that is there already, such as that of a trained model; the other options of tokens do not count then. */
  readonly tokenizer?: Tokenizer;
  /** Tokens in a row. Default: so many that 99 of 100 texts fit, 200 at most. */
  readonly length?: number;
  /** What becomes of texts that are longer: 'drop' leaves them out, 'cut' takes their beginning. Default 'drop'. */
  readonly tooLong?: 'drop' | 'cut';
  /** Share of the texts that is held out, 0 to below 1. Equal texts are on the same side. Default 0. */
  readonly heldOut?: number;
  /** Decides which texts are held out. Default 0. */
  readonly seed?: number | string;
  /** Default 'auto': a byte order mark, UTF-8, or GB18030 where the texts are mostly Chinese; else any encoding that Node's `TextDecoder` knows. */
  readonly encoding?: string;
  /** Of .csv, .tsv and .jsonl files: the field that holds the text. Default 'text'. */
  readonly field?: string;
  /** Of .csv, .tsv and .jsonl files: the field that holds the class. Default 'label'. */
  readonly labelField?: string;
  /** Called every now and then while the texts are read. */
  readonly onProgress?: (progress: TextsProgress) => void;
  /** Aborting it stops the reading; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/** How far the reading of texts has come: they are read twice. */
export interface TextsProgress {
  readonly stage: 'learning tokens' | 'encoding';
  /** Of this stage, 0 to 1. */
  readonly share: number;
}

/** How many texts were not taken as they are. */
export interface SkippedTexts {
  /** Left out: nothing but white space. */
  readonly empty: number;
  /** Left out: longer than the rows. */
  readonly tooLong: number;
  /** In the data, by their beginning. */
  readonly cut: number;
  /** In the data, and equal to an earlier one. */
  readonly duplicates: number;
}

/** A dataset of texts as tokens: batches are int32 `[batch, length]`. */
export interface TextDataset extends Dataset<Batch> {
  readonly tokenizer: Tokenizer;
  /** Tokens in a row. */
  readonly length: number;
  readonly skipped: SkippedTexts;
  /** The texts that were held out, where some were. */
  readonly heldOut?: TextDataset;
  /** The first `count` texts as tokens without what fills their rows, for scores. Default all. */
  texts(count?: number): number[][];
  /** The form that the texts share, as {@link formOf} finds it: what `languageModel({ form })` takes. */
  form(): TextForm;
}

const LARGEST_VOCABULARY = 2 ** 16;
/** Two gigabytes of memory. */
const MOST_TOKENS = 2 ** 30;
/** As many different texts as can be told apart in memory. */
const MOST_TEXTS = 10_000_000;
const HEAD = 2000;

/** The fields of {@link OpenTextsOptions}, besides the tokenizer. */
const openTextsSchema = {
  ...tokenizerSchema,
  tokens: optional(oneOf(['character', 'word', 'bpe'])),
  vocabulary: optional(positiveInteger({ min: 3, max: LARGEST_VOCABULARY })),
  length: optional(positiveInteger()),
  tooLong: oneOf(['drop', 'cut'], { default: 'drop' }),
  heldOut: number({ min: 0, max: 0.99, default: 0 }),
  seed: either(integer({ default: 0 }), string()),
  encoding: string({ default: 'auto' }),
  field: string({ default: 'text' }),
  labelField: string({ default: 'label' }),
};

/**
 * Opens texts, whatever the path holds: a text file with a sample on each line, a table (.csv, .tsv, .jsonl) with a field of texts and perhaps one of
 * classes, or a folder of .txt files, each a sample, the sub-folders being classes if every file lies in one.
 *
 * Files are read as streams, twice: once to learn the tokens, once to encode. In memory stays what training needs, two bytes a token; 2³⁰ tokens and
 * ten million texts are the limits. White space around a sample does not count, lines of nothing else are left out.
 *
 * @throws if the path holds no texts, they are not in the encoding, fewer than two can be used, or an option is unknown or not what it must be
 */
export async function openTexts(
  path: string,
  { tokenizer, onProgress, signal, ...options }: OpenTextsOptions = {},
): Promise<TextDataset> {
  const resolved = resolveOptions('openTexts', options, openTextsSchema);
  const read = (stage: TextsProgress['stage']) =>
    readTexts(path, resolved, (share) => {
      signal?.throwIfAborted();
      onProgress?.({ stage, share });
    });
  return datasetOf(read, path, resolved, tokenizer);
}

/**
 * A dataset of texts that are in memory, like that of {@link openTexts}.
 *
 * @throws if fewer than two texts can be used, or an option is unknown or not what it must be
 */
export async function textDataset(
  texts: Iterable<RawText>,
  { tokenizer, ...options }: Omit<OpenTextsOptions, 'encoding' | 'field' | 'labelField' | 'onProgress' | 'signal'> = {},
): Promise<TextDataset> {
  const all = [...texts];
  return datasetOf(
    async function* () {
      yield* all;
    },
    'the list',
    resolveOptions('textDataset', options, openTextsSchema),
    tokenizer,
  );
}

/** Goes twice through the texts that `read` gives anew each time: to learn the tokens, and to encode. */
async function datasetOf(
  read: (stage: TextsProgress['stage']) => AsyncIterable<RawText>,
  path: string,
  resolved: Resolved,
  given: Tokenizer | undefined,
): Promise<TextDataset> {
  const tokenizer = given ?? (await learnFrom(read('learning tokens'), resolved));
  const counts = { empty: 0, duplicates: 0, cut: 0, tooLong: 0 };
  const store = tokenStore();
  const classes: string[] = [];
  const heldOut: number[] = [];
  const seen = new Set<number>();
  for await (const { text, className } of trimmed(read('encoding'))) {
    if (text === '') {
      counts.empty += 1;
      continue;
    }
    const hash = hash53(text);
    if (seen.has(hash)) counts.duplicates += 1;
    seen.add(hash);
    // By the text itself, so that it is never on both sides.
    if (resolved.heldOut > 0 && Random.fromSeed(`${resolved.seed}/${text}`).uniform() < resolved.heldOut)
      heldOut.push(store.size);
    store.add(tokenizer.encode(text));
    if (className !== undefined) classes.push(className);
    if (store.tokens > MOST_TOKENS || store.size > MOST_TEXTS) {
      throw new Error(
        `openTexts: ${path} is too large: more than ${MOST_TOKENS} tokens or ${MOST_TEXTS} texts; give a part of it`,
      );
    }
  }

  const lengths = Uint32Array.from({ length: store.size }, (_, i) => store.row(i).length);
  if (lengths.length === 0) throw new Error(`openTexts: ${path} holds no text (${counts.empty} empty lines)`);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const length = resolved.length ?? chooseLength(lengths);
  const held = new Set(heldOut);
  const kept: { train: number[]; heldOut: number[] } = { train: [], heldOut: [] };
  for (let i = 0; i < store.size; i++) {
    const isLong = store.row(i).length > length;
    if (isLong) counts[resolved.tooLong === 'cut' ? 'cut' : 'tooLong'] += 1;
    if (!isLong || resolved.tooLong === 'cut') kept[held.has(i) ? 'heldOut' : 'train'].push(i);
  }
  if (kept.train.length < 2) {
    const problem =
      `only ${kept.train.length} of ${store.size} texts in ${path} can be trained on; training needs two, and learns from thousands, ` +
      `one on each line of a file; of a folder each file is one. ` +
      `Longer than ${length} tokens: ${counts.tooLong} (the longest has ${longest}); held out: ${kept.heldOut.length}; the same as another: ${counts.duplicates}`;
    if (counts.tooLong > 0) throw new TextOptionError(`${problem}. For the beginnings of long ones`, 'tooLong', 'cut');
    throw new Error(`openTexts: ${problem}`);
  }
  const classified = labelled(classes, store.size, path);
  const part = (rows: readonly number[]) => ({ ...dataset(store, rows, tokenizer, length, classified), skipped: counts });
  return { ...part(kept.train), ...(kept.heldOut.length > 0 && { heldOut: part(kept.heldOut) }) };
}

type Resolved = ReturnType<typeof resolveOptions<typeof openTextsSchema>>;

async function* trimmed(texts: AsyncIterable<RawText>): AsyncGenerator<RawText, void, undefined> {
  for await (const raw of texts) yield { ...raw, text: raw.text.trim() };
}

async function learnFrom(all: AsyncIterable<RawText>, options: Resolved): Promise<Tokenizer> {
  const { tokens, vocabulary, lowercase } = options;
  const head: string[] = [];
  const start = (texts: readonly string[]) => {
    const learner = tokenizerLearner({
      tokens: tokens ?? chooseTokens(texts),
      lowercase,
      ...(vocabulary !== undefined && { vocabulary }),
    });
    for (const text of texts) learner.add(text);
    return learner;
  };
  let learner: ReturnType<typeof start> | undefined;
  for await (const { text } of trimmed(all)) {
    if (text === '') continue;
    if (learner) learner.add(text);
    else if (head.push(text) === HEAD) learner = start(head);
  }
  return tokenizerFrom((learner ?? start(head)).finish());
}

interface Labels {
  readonly classNames: readonly string[];
  readonly labels: Int32Array;
}

function labelled(classes: readonly string[], size: number, path: string): Labels | undefined {
  if (classes.length === 0) return undefined;
  if (classes.length < size)
    throw new Error(`openTexts: only ${classes.length} of ${size} texts in ${path} have a class; give all of them one, or none`);
  const classNames = [...new Set(classes)].sort((a, b) => (a < b ? -1 : 1));
  if (classNames.length < 2) return undefined;
  const numbers = new Map(classNames.map((name, label) => [name, label]));
  return { classNames, labels: Int32Array.from(classes, (name) => numbers.get(name)!) };
}

function dataset(
  store: TokenStore,
  rows: readonly number[],
  tokenizer: Tokenizer,
  length: number,
  classified: Labels | undefined,
): Omit<TextDataset, 'skipped'> {
  const hash = createHash('sha1').update(JSON.stringify([length, tokenizer, classified?.classNames ?? []]));
  for (const row of rows) hash.update(store.row(row)).update(`/${classified?.labels[row] ?? ''}`);
  return {
    size: rows.length,
    fingerprint: hash.digest('hex'),
    tokenizer,
    length,
    ...(classified && { classNames: classified.classNames }),
    texts: (count = rows.length) => rows.slice(0, count).map((row) => [...store.row(row).subarray(0, length)]),
    form: () => formOf(rowsOf(store, rows, length), length),
    async batch(indices) {
      const tokens = indices.map((index) => [...store.row(rows[index]!)]);
      const samples = tf.tensor2d(tokenRows(tokens, length), [indices.length, length], 'int32');
      if (!classified) return { samples };
      const labels = Int32Array.from(indices, (index) => classified.labels[rows[index]!]!);
      return { samples, labels: tf.tensor1d(labels, 'int32') };
    },
  };
}

function* rowsOf(store: TokenStore, rows: readonly number[], length: number): Generator<Uint16Array, void, undefined> {
  for (const row of rows) yield store.row(row).subarray(0, length);
}

/** 53 bits of a hash: of a million texts, the chance that any two different ones count as the same is one in ten thousand. */
function hash53(text: string): number {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
  b = Math.imul(b ^ (b >>> 13), 0x297a2d39);
  return ((a ^ (b >>> 16)) >>> 11) * 2 ** 32 + (b >>> 0);
}
