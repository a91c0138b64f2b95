import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { type Block, blocksOf, ROOT } from './pages.js';
import { ALL_ENTRIES, exportsOf, programs } from './program.js';

const DATA = "import('@polygan/core').Dataset<import('@polygan/core').Batch>";
const TENSOR = "import('@tensorflow/tfjs').Tensor";
const TOKENS = { tokenizer: "import('@polygan/text').Tokenizer", vocabulary: 'number', length: 'number' };

/** What readers bring, in the fragments of each page: their data, samples, networks, with the types that these have. */
const READERS_OWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'packages/audio/README.md': { data: DATA },
  'packages/core/README.md': { model: "ReturnType<typeof import('@polygan/image').dcgan>", data: DATA },
  'packages/image/README.md': {
    data: DATA,
    gan: "ReturnType<typeof import('@polygan/image').dcgan>",
    pictures: `${TENSOR}4D`,
    ages: 'readonly number[]',
  },
  'packages/multimodal/README.md': {
    ...TOKENS,
    pictures: DATA,
    texts: DATA,
    gan: "import('@polygan/multimodal').MultimodalGan",
    image: TENSOR,
    known: TENSOR,
    classifyPictures: "import('@polygan/multimodal').Classify",
    classifyTexts: "import('@polygan/multimodal').Classify",
    heldOut: "import('@polygan/core').Dataset<import('@polygan/multimodal').JointBatch>",
  },
  'packages/text/README.md': { ...TOKENS, data: DATA },
  'packages/tfjs-backend-onnx/README.md': { model: "import('@tensorflow/tfjs').LayersModel" },
};

const CANNOT_FIND_NAME = [2304, 2503, 2552, 18004];

/** Blocks are modules in a folder from where every package is found. */
const fileOf = ({ page, line }: Block) => path.join(ROOT, 'test', `${page.replaceAll(/\W/g, '_')}_${line}.ts`);

test('TypeScript in the docs is of the types that the packages have', () => {
  const blocks = blocksOf('ts');
  expect(blocks.length).toBeGreaterThan(15);
  const programOf = programs();
  const first = programOf(
    new Map([ALL_ENTRIES, ...blocks.map((block) => [fileOf(block), `export {};\n${block.text}`] as const)]),
  );
  const entryOf = new Map(exportsOf(first).flatMap(([entry, symbols]) => symbols.map(({ name }) => [name, entry] as const)));

  // Fragments leave out imports, what stands in a block before, and what readers bring.
  const strangers: string[] = [];
  const complete = blocks.map((block) => {
    const source = first.getSourceFile(fileOf(block))!;
    const diagnostics = first.getSemanticDiagnostics(source).filter(({ code }) => CANNOT_FIND_NAME.includes(code));
    const lacking = new Set(diagnostics.map(({ start, length }) => source.text.slice(start, start! + length!)));
    const preamble = [...lacking].map((name) => {
      const entry = name === 'tf' ? undefined : entryOf.get(name);
      if (name === 'tf') return `import * as tf from '@tensorflow/tfjs';`;
      if (entry) return `import { ${name} } from '${entry}';`;
      const type = READERS_OWN[block.page]?.[name];
      if (!type) strangers.push(`${block.page}:${block.line}: ${name}`);
      return `declare const ${name}: ${type};`;
    });
    return [fileOf(block), `export {}; ${preamble.join(' ')}\n${block.text}`] as const;
  });
  expect(strangers).toEqual([]);

  const second = programOf(new Map(complete));
  const wrong = blocks.flatMap((block) => {
    const source = second.getSourceFile(fileOf(block))!;
    return [...second.getSyntacticDiagnostics(source), ...second.getSemanticDiagnostics(source)].map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start!);
      return `${block.page}:${block.line + line - 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
  expect(wrong).toEqual([]);
});
