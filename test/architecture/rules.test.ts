import { describe, expect, test } from 'vitest';
import type { Manifest, Package } from './package.js';
import {
  declaresWhatItImports,
  hasNoImportCycles,
  hasTheUsualFiles,
  importsOnlyAllowedPackages,
  keepsFilesShort,
  keepsHeavyDependenciesApart,
  keepsTheHabitsOfLibraries,
  usesNodeInItsNodeEntryOnly,
} from './rules.js';
import { parseSource } from './source-file.js';

const USUAL = ['README.md', 'package.json', 'src/', 'tsconfig.json', 'tsup.config.ts'];

/** A made-up package with these sources by path. */
function made(folder: string, sources: Record<string, string>, manifest: Partial<Manifest> = {}, entries = USUAL): Package {
  return {
    folder,
    manifest: { name: `@polygan/${folder}`, ...manifest },
    entries,
    files: Object.entries(sources).map(([path, text]) => parseSource(path, text)),
  };
}

describe('who may import whom', () => {
  test('a modality may import core and nothing else of ours', () => {
    const pkg = made('image', {
      'src/index.ts':
        "import { train } from '@polygan/core';\nimport { readIdx } from '@polygan/core/node';\nexport * from '@polygan/audio';",
    });
    expect(importsOnlyAllowedPackages(pkg)).toEqual([
      "image/src/index.ts:3 imports '@polygan/audio', which @polygan/image may not",
    ]);
  });

  test.each([
    ['statically, for types', "import type { Picture } from '@polygan/image';"],
    ['at run time', "const image = await import('@polygan/image');"],
    ['by require', "const image = require('@polygan/image');"],
    ['in a type', "type Image = typeof import('@polygan/image');"],
    ['through a file', "import './deep.js';"],
  ])('core may import no modality: %s', (_how, text) => {
    const pkg = made('core', { 'src/index.ts': text, 'src/deep.ts': "export { dcgan } from '@polygan/image';" });
    expect(importsOnlyAllowedPackages(pkg)).toHaveLength(1);
  });

  test('core may load the engine in its Node entry, not elsewhere', () => {
    const text = "await import('@polygan/tfjs-backend-onnx');";
    expect(importsOnlyAllowedPackages(made('core', { 'src/node/index.ts': text }))).toEqual([]);
    expect(importsOnlyAllowedPackages(made('core', { 'src/index.ts': text }))).toHaveLength(1);
  });

  test('the engine may import nothing of ours', () => {
    expect(importsOnlyAllowedPackages(made('tfjs-backend-onnx', { 'src/index.ts': "import '@polygan/core';" }))).toHaveLength(1);
  });

  test('a modality may use another package in its tests', () => {
    const pkg = made('image', { 'src/index.ts': '', 'src/x.test.ts': "import { digits } from '@polygan/datasets/node';" });
    expect(importsOnlyAllowedPackages(pkg)).toEqual([]);
  });
});

describe('browsers', () => {
  test.each([
    ["import path from 'node:path';", "imports 'node:path'"],
    ["import path from 'path';", "imports 'path'"],
    ["import { readIdx } from '@polygan/core/node';", "imports '@polygan/core/node'"],
    ["import { useEngine } from './node/index.js';", "imports './node/index.js'"],
    ['const home = process.env.HOME;', "uses 'process'"],
    ['const bytes = Buffer.alloc(8);', "uses 'Buffer'"],
    ["const x = require('./x.js');", "uses 'require'"],
  ])('%s', (text, complaint) => {
    const problems = usesNodeInItsNodeEntryOnly(made('core', { 'src/index.ts': text, 'src/node/index.ts': text }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`core/src/index.ts:1 ${complaint}`);
  });

  test('names of properties and types are no Node API', () => {
    const text = 'const meter = { process: 1 };\nmeter.process;\nexport type Bytes = Buffer;';
    expect(usesNodeInItsNodeEntryOnly(made('core', { 'src/index.ts': text }))).toEqual([]);
  });

  test('the engine for Node may use Node', () => {
    expect(usesNodeInItsNodeEntryOnly(made('tfjs-backend-onnx', { 'src/index.ts': "import 'node:os';" }))).toEqual([]);
  });
});

describe('heavy dependencies', () => {
  test('are seen in package.json and in sources', () => {
    const pkg = made(
      'audio',
      { 'src/node/index.ts': "import sharp from 'sharp';" },
      { dependencies: { sharp: '1', wavefile: '1' } },
    );
    expect(keepsHeavyDependenciesApart(pkg)).toEqual([
      "audio/package.json has 'sharp', which belongs to image alone",
      "audio/src/node/index.ts:1 has 'sharp', which belongs to image alone",
    ]);
  });

  test('may be there for development', () => {
    expect(keepsHeavyDependenciesApart(made('audio', {}, { devDependencies: { sharp: '1' } }))).toEqual([]);
  });
});

describe('declarations', () => {
  const development = { devDependencies: { vitest: '1' } };

  test('library code needs what is installed with it, by package name', () => {
    const text = "import 'a';\nimport '@b/c/d';\nimport 'e/f';\nimport '@polygan/core';\nimport 'node:fs';";
    const pkg = made(
      'core',
      { 'src/index.ts': text },
      { dependencies: { a: '1' }, peerDependencies: { '@b/c': '1' }, optionalDependencies: { e: '1' } },
    );
    expect(declaresWhatItImports(pkg)).toEqual([]);
    expect(declaresWhatItImports(made('core', { 'src/index.ts': text }))).toHaveLength(3);
  });

  test('only tests and scripts may use what is there for development', () => {
    const text = "import { test } from 'vitest';";
    expect(declaresWhatItImports(made('core', { 'src/x.test.ts': text, 'scripts/x.ts': text }, development))).toEqual([]);
    expect(declaresWhatItImports(made('core', { 'src/index.ts': text }, development))).toHaveLength(1);
    expect(declaresWhatItImports(made('core', { 'src/x.test.ts': text }))).toHaveLength(1);
  });

  test("Node's own modules are named as such", () => {
    expect(declaresWhatItImports(made('cli', { 'src/bin.ts': "import 'fs';" }))).toEqual([
      "cli/src/bin.ts:1 imports 'fs' without 'node:' before it",
    ]);
  });
});

describe('cycles', () => {
  test('are told with their way', () => {
    const pkg = made('core', {
      'src/index.ts': "export * from './a.js';",
      'src/a.ts': "import { c } from './deep/c.js';",
      'src/deep/c.ts': "export { a } from '../a.js';",
    });
    expect(hasNoImportCycles(pkg)).toEqual(['core: src/a.ts → src/deep/c.ts → src/a.ts']);
  });

  test('of types are none; shared files are none', () => {
    const pkg = made('core', {
      'src/index.ts': "import './a.js'; import './b.js';",
      'src/a.ts': "import { b } from './b.js';",
      'src/b.ts': "import type { A } from './a.js';",
    });
    expect(hasNoImportCycles(pkg)).toEqual([]);
  });
});

test('what is missing or odd at the root of a package', () => {
  const pkg = made('core', {}, {}, [...USUAL.slice(1), 'scripts/', 'helpers.ts']);
  expect(hasTheUsualFiles(pkg)).toEqual(['core has no README.md', 'core has helpers.ts at its root; sources belong in src']);
});

describe('habits', () => {
  const text = 'const x = t.dataSync();\n(await make()).arraySync();\nMath.random();\nconsole.log(x);';

  test('are kept by library code', () => {
    const problems = keepsTheHabitsOfLibraries(made('core', { 'src/index.ts': text, 'src/x.test.ts': text }));
    expect(problems).toEqual([
      "core/src/index.ts:1 uses '.dataSync'; use `await tensor.data()`",
      "core/src/index.ts:2 uses '.arraySync'; use `await tensor.array()`",
      "core/src/index.ts:3 uses 'Math.random'; draw from a seeded Random",
      "core/src/index.ts:4 uses 'console'; return it, or throw",
    ]);
  });

  test('a program may print; a comment is no use', () => {
    expect(keepsTheHabitsOfLibraries(made('cli', { 'src/bin.ts': text }))).toEqual([]);
    expect(keepsTheHabitsOfLibraries(made('core', { 'src/index.ts': '// console.log(x.dataSync())' }))).toEqual([]);
  });
});

test('long files', () => {
  const lines = (count: number) => 'x;\n'.repeat(count);
  expect(keepsFilesShort(made('core', { 'src/index.ts': lines(400) }))).toEqual([]);
  expect(keepsFilesShort(made('core', { 'src/index.ts': lines(401) }))).toEqual([
    'core/src/index.ts has 401 lines; split it, 400 are the most',
  ]);
});
